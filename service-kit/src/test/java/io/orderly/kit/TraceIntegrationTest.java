package io.orderly.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.InventoryCommand;
import io.orderly.kit.testing.OtlpReceiver.ReceivedSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

/** The spans that a participant exports. What sent its commands exports none here, so it is the unknown parent of the spans of a message. */
class TraceIntegrationTest extends KitIntegrationTest {

    @LocalServerPort
    int port;

    @Test
    void aMessageItsRetriesItsDeadLetterAndTheReplayFormOneTree() {
        OrderId order = newOrder();
        effects.onCommand(command -> {
            if (command.orderId().equals(order)) {
                throw new IllegalStateException("out of paper");
            }
        });
        String trace = traceOf(kafka.send(reserve(order)));
        await().until(() -> replies(order).size() == 1);
        effects.reset();
        replay(order);

        await().untilAsserted(() -> assertThat(traces.tree(trace)).isEqualTo("""
                (unknown)
                  kit-test: inventory.commands dead-letter
                    kit-test: order.saga-replies send
                  kit-test: inventory.commands process
                    kit-test: order.saga-replies send
                  kit-test: inventory.commands process (failed)
                  kit-test: inventory.commands process (failed)
                  kit-test: inventory.commands process (failed)
                  kit-test: inventory.commands process (failed)
                """));
        ReceivedSpan replayed = traces.spans(trace).stream()
                .filter(span -> span.name().equals("inventory.commands process") && !span.failed())
                .findFirst()
                .orElseThrow();
        await().untilAsserted(() -> assertThat(replayed.linkedTraces())
                .as("the request of the operator")
                .singleElement()
                .satisfies(request ->
                        assertThat(traces.tree(request)).startsWith("kit-test: http post /dead-letters/{id}/replay")));
    }

    @Test
    void aBatchLinksToItsMessagesAndTheseToIt() throws InterruptedException {
        var allSent = new CountDownLatch(1);
        OrderId first = newOrder();
        effects.onCommand(command -> awaitIf(command, first, allSent));
        kafka.send(new CommitReservation(first));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(traceOf(kafka.send(new CommitReservation(newOrder()))));
        }
        allSent.countDown();

        await().untilAsserted(() -> assertThat(sent)
                .allSatisfy(trace -> assertThat(traces.tree(trace)).isEqualTo("""
                (unknown)
                  kit-test: inventory.commands process
                    kit-test: order.saga-replies send
                """)));
        List<ReceivedSpan> batched = sent.stream()
                .flatMap(trace -> traces.spans(trace).stream())
                .filter(span -> !span.linkedTraces().isEmpty())
                .toList();
        assertThat(batched).as("messages that were not alone").hasSizeGreaterThan(1);
        await().untilAsserted(() -> assertThat(batched).allSatisfy(message -> {
            ReceivedSpan batch = traces.spans(message.linkedTraces().getFirst()).getFirst();
            assertThat(batch.name()).isEqualTo("inventory.commands batch");
            assertThat(batch.parentId()).isEmpty();
            assertThat(batch.linkedTraces()).contains(message.traceId());
        }));
    }

    private static void awaitIf(InventoryCommand command, OrderId order, CountDownLatch latch) {
        try {
            if (command.orderId().equals(order)) {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void replay(OrderId order) {
        String letter = jdbc.sql("select id::text from dead_letters where message_key = ?")
                .param(order.toString())
                .query(String.class)
                .single();
        RestClient.create("http://localhost:" + port)
                .post()
                .uri("/dead-letters/" + letter + "/replay")
                .retrieve()
                .toBodilessEntity();
    }

    private static String traceOf(Map<String, String> headers) {
        return headers.getOrDefault(MessageHeaders.TRACE_PARENT, "").split("-", 3)[1];
    }
}
