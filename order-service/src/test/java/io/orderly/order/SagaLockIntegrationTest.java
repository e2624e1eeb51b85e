package io.orderly.order;

import static io.orderly.contracts.SagaStep.CHARGE_PAYMENT;
import static io.orderly.order.ScriptedParticipants.silentAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.OrderId;
import io.orderly.order.process.SagaOperations;
import io.orderly.order.saga.SagaInput.Park;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;

class SagaLockIntegrationTest extends OrderServiceIntegrationTest {

    @Autowired
    SagaOperations operations;

    @Autowired
    TransactionOperations transactions;

    /** The order's row may change between the request for the lock and its grant. */
    @Test
    void aRequestThatWaitsForTheLockSeesTheCommittedStatus() throws Exception {
        participants.play(silentAt(CHARGE_PAYMENT));
        OrderId order = placeOrder("kim");
        awaitStep(order, "CHARGE_PAYMENT");

        CompletableFuture<OrderServiceClient.Response> retry = transactions.execute(_ -> {
            operations.submit(order, new Park(""));
            var waiting = CompletableFuture.supplyAsync(() -> api.post("/sagas/" + order + "/retry"));
            await().until(this::isWaitingForALock);
            return waiting;
        });

        assertThat(retry.get(20, TimeUnit.SECONDS).status()).isEqualTo(202);
        assertThat(status(order)).isEqualTo("PENDING");
        assertThat(jdbc.sql("select status from orders where id = ?")
                        .param(order.value())
                        .query(String.class)
                        .single())
                .isEqualTo("PENDING");
        api.post("/orders/" + order + "/cancellation");
        awaitStatus(order, "CANCELLED");
    }

    private boolean isWaitingForALock() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock' and query like '%sagas%'""").query(Long.class).single() > 0;
    }
}
