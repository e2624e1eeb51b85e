package io.orderly.antipatterns.twophasecommit.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.antipatterns.ShippingIntegrationTest;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.antipatterns.twophasecommit.Vote.Contended;
import io.orderly.antipatterns.twophasecommit.Vote.Declined;
import io.orderly.antipatterns.twophasecommit.Vote.Prepared;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.OrderId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

/** The shipment branch. */
class ShipmentBranchIntegrationTest extends ShippingIntegrationTest {

    @Autowired
    ShipmentBranch branch;

    @Autowired
    TransactionBranches branches;

    @Test
    void aSlotIsBookedWhenTheBranchIsCommitted() {
        OrderId committed = newOrder();
        OrderId rolledBack = newOrder();

        assertThat(branch.prepare(schedule(committed, "XH"))).isEqualTo(new Prepared());
        branches.commit(committed);
        assertThat(branch.prepare(schedule(rolledBack, "XH"))).isEqualTo(new Prepared());
        branches.rollback(rolledBack);

        assertThat(shipmentsOf(committed)).isEqualTo(1);
        assertThat(shipmentsOf(rolledBack)).isZero();
        assertThat(branch.prepare(schedule(rolledBack, "XH"))).isInstanceOf(Contended.class);
        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void daysOpenedByARolledBackBranchAreOpenedAgain() {
        OrderId rolledBack = newOrder();
        OrderId next = newOrder();
        assertThat(branch.prepare(schedule(rolledBack, "XI"))).isEqualTo(new Prepared());
        branches.rollback(rolledBack);

        assertThat(branch.prepare(schedule(next, "XI"))).isEqualTo(new Prepared());
        branches.commit(next);
    }

    @Test
    void aMismatchOfPathAndBodyIsRejected() {
        http.put()
                .uri("/anti-patterns/distributed-transaction/branches/" + newOrder())
                .contentType(MediaType.APPLICATION_JSON)
                .body(MessageCodec.encode(schedule(newOrder(), "XH")))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("orderId");

        assertThat(branches.inDoubt()).isEmpty();
    }

    @Test
    void aRegionThatIsNotServedIsDeclined() {
        assertThat(branch.prepare(schedule(newOrder(), "ZZ"))).isInstanceOf(Declined.class);
    }
}
