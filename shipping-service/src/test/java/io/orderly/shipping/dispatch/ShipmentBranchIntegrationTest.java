package io.orderly.shipping.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.OrderId;
import io.orderly.kit.twophasecommit.Branches;
import io.orderly.kit.twophasecommit.Vote.Contended;
import io.orderly.kit.twophasecommit.Vote.Declined;
import io.orderly.kit.twophasecommit.Vote.Prepared;
import io.orderly.shipping.ShippingIntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A slot in a distributed transaction. */
class ShipmentBranchIntegrationTest extends ShippingIntegrationTest {

    @Autowired
    ShipmentBranch branch;

    @Autowired
    Branches branches;

    @Test
    void booksASlotWhenItIsCommitted() {
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
    void opensDaysAgainThatItOpenedAndTookBack() {
        OrderId rolledBack = newOrder();
        OrderId next = newOrder();
        assertThat(branch.prepare(schedule(rolledBack, "XI"))).isEqualTo(new Prepared());
        branches.rollback(rolledBack);

        assertThat(branch.prepare(schedule(next, "XI"))).isEqualTo(new Prepared());
        branches.commit(next);
    }

    @Test
    void refusesAPathThatNamesAnotherTransactionThanTheBody(@LocalServerPort int port) {
        RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .put()
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
    void declinesARegionThatIsNotServed() {
        assertThat(branch.prepare(schedule(newOrder(), "ZZ"))).isInstanceOf(Declined.class);
    }

    private long shipmentsOf(OrderId order) {
        return jdbc.sql("select count(*) from shipments where order_id = ? and state = 'SCHEDULED'")
                .param(order.value())
                .query(Long.class)
                .single();
    }
}
