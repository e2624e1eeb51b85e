package io.orderly.order.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.kit.testing.RepositorySlice;
import io.orderly.order.saga.SagaPhase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

class SagaListsIntegrationTest extends RepositorySlice {

    @Autowired
    SagaLists sagas;

    /** The sagas of a state are found without reading the sagas of other states. */
    @ParameterizedTest
    @EnumSource
    void theCostOfAPageDoesNotDependOnTheNumberOfSagas(SagaPhase phase) {
        insertOrders(3_000, "CONFIRMED", "CONFIRMED");
        insertOrders(20, "PENDING", "FORWARD");
        insertOrders(20, "PENDING", "COMPENSATING");
        insertOrders(20, "PARKED", "FORWARD");
        insertOrders(20, "REJECTED", "REJECTED");
        insertOrders(20, "CANCELLED", "CANCELLED");
        insertOrders(3_000, "CONFIRMED", "CONFIRMED");
        analyze();
        long before = rowsRead();

        List<SagaInstance> page =
                sagas.newestFirst(new SagaFilter(phase, null), 10).getContent();

        assertThat(page).hasSize(10).allMatch(saga -> SagaPhase.of(saga.state()) == phase);
        assertThat(rowsRead() - before).isLessThan(300);
    }

    @Test
    void aLaterPageCostsTheSameAsTheFirst() {
        insertOrders(1_000, "PARKED", "FORWARD");
        UUID late = jdbc.sql("select id from orders where status = 'PARKED' order by id desc offset 500 limit 1")
                .query(UUID.class)
                .single();
        analyze();
        long before = rowsRead();

        List<SagaInstance> page = sagas.newestFirst(new SagaFilter(SagaPhase.PARKED, new OrderId(late)), 10)
                .getContent();

        assertThat(page).hasSize(10).allMatch(saga -> saga.id().value().compareTo(late) < 0);
        assertThat(rowsRead() - before).isLessThan(300);
    }

    private void insertOrders(int count, String status, String phase) {
        jdbc.sql("""
            with ids as (select uuidv7() as id from generate_series(1, ?)),
                 placed as (
                     insert into orders (id, customer, lines, address, total, currency, status, placed_at)
                     select id, 'many', '[{"sku":"LAMP-1","quantity":1}]',
                            '{"name":"A","street":"B","city":"C","postalCode":"D","country":"DE"}', 1, 'EUR', ?, now()
                       from ids)
            insert into sagas (order_id, phase, awaiting, attempt, remaining, outcome, cause_reason, cause_detail,
                               parked_reason, parked_detail, deadline_at, timeline_size, partition_id)
            select id, phase,
                   case when phase = 'FORWARD' then 'CHARGE_PAYMENT' when back then 'REFUND_PAYMENT' end, 1,
                   case when back then 'REFUND_PAYMENT,RELEASE_INVENTORY' end, case when back then 'REJECTED' end,
                   case when phase not in ('FORWARD', 'CONFIRMED') then 'REASON' end,
                   case when phase not in ('FORWARD', 'CONFIRMED') then 'detail' end,
                   case when parked then 'PARKED_BY_OPERATOR' end, case when parked then 'detail' end,
                   case when back or phase = 'FORWARD' then now() + interval '1 hour' end, 1, 0
              from ids, (select ? as phase, ? = 'COMPENSATING' as back, ? = 'PARKED' as parked)""").params(count, status, phase, phase, status).update();
    }

    /** Autovacuum may have analyzed the tables while this class had none of its rows in them, which makes reading them whole look cheap. */
    private void analyze() {
        jdbc.sql("analyze orders, sagas").update();
    }

    /** The number of rows of orders and sagas read in this transaction. */
    private long rowsRead() {
        return jdbc.sql("""
                    select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables
                     where relname in ('orders', 'sagas')""").query(Long.class).single();
    }
}
