package io.orderly.antipatterns.twophasecommit.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.antipatterns.OrderServiceClient;
import io.orderly.antipatterns.OrderServiceIntegrationTest;
import io.orderly.antipatterns.StubParticipantServer;
import io.orderly.antipatterns.StubParticipantServer.FailureMode;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.contracts.OrderId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two-phase commit as seen by clients and participants, with crashes of both. */
class DistributedTransactionIntegrationTest extends OrderServiceIntegrationTest {

    private static final String PATH = "/anti-patterns/distributed-transaction";
    private static final String BEFORE_DECISION = "after-prepare-before-decision";
    private static final String BEFORE_SEND = "after-decision-before-send";

    @Autowired
    ApplicationContext service;

    @Autowired
    TransactionBranches branches;

    private final String key = UUID.randomUUID().toString();

    @AfterEach
    void assertNothingIsLeft() {
        participants().forEach(participant -> participant.simulate(FailureMode.NONE));
        ImmediateRecovery.run(service);
        assertThat(branches.inDoubt()).isEmpty();
        assertThat(commitsInTheLog()).isZero();
        participants().forEach(participant -> {
            assertThat(participant.branches()).doesNotContainValue("PREPARED");
            participant.clear();
        });
    }

    @Test
    void theOrderLooksLikeAnyOther() {
        OrderServiceClient.Answer answer = place(key);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().get("status").asString()).isEqualTo("CONFIRMED");
        OrderId id = idOf(answer);
        assertThat(answer.header("Location")).isEqualTo("/orders/" + id);
        assertThat(order(id).at("/saga/phase").asString(order(id).toString())).isNotEmpty();
        assertThat(status(id)).isEqualTo("CONFIRMED");
        assertThat(timeline(id)).containsExactly("PLACED", "CONFIRMED");
        await().untilAsserted(() -> assertThat(events(id)).containsExactly("OrderPlaced", "OrderConfirmed"));
        participants()
                .forEach(participant ->
                        assertThat(participant.branchOf(id.toString())).isEqualTo("COMMITTED"));
        assertThat(inventory.bodies())
                .containsExactly("{\"orderId\":\"%s\",\"lines\":[{\"sku\":\"LAMP-1\",\"quantity\":2}]}".formatted(id));
    }

    @Test
    void aRepeatedRequestGetsTheSameResponse() {
        OrderServiceClient.Answer first = place(key);
        OrderServiceClient.Answer again = place(key);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(inventory.branches()).hasSize(1);
        assertThat(post(key, OrderServiceClient.order("peggy", "LAMP-1", 3)).status())
                .isEqualTo(422);
        // a key is scoped to its endpoint
        assertThat(api.place(key, OrderServiceClient.order("peggy", "LAMP-1", 2))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anInvalidDraftIsRejectedWithoutCalls() {
        OrderServiceClient.Answer answer = post(key, OrderServiceClient.order("peggy", "NO-SUCH", 1));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("lines[0].sku");
        assertThat(inventory.branches()).isEmpty();
    }

    @Test
    void aDeclineRollsEverythingBack() {
        inventory.simulate(FailureMode.DECLINES);

        OrderServiceClient.Answer answer = place(key);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/order-declined");
        assertThat(answer.text()).contains("OUT_OF_STOCK");
        assertRolledBackEverywhere();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"IS_AWAY_AT_PREPARE", "PREPARES_AND_LOSES_THE_VOTE"})
    void aMissingVoteRollsEverythingBack(FailureMode trouble) {
        payment.simulate(trouble);

        OrderServiceClient.Answer answer = place(key);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/participant-unavailable");
        assertRolledBackEverywhere();
    }

    @Test
    void aParticipantThatMissedTheRollbackIsRolledBackLater() {
        shipping.simulate(FailureMode.IS_AWAY_AT_THE_VERDICT);
        inventory.simulate(FailureMode.DECLINES);

        assertThat(place(key).status()).isEqualTo(422);
        assertThat(shipping.branches()).containsValue("PREPARED");

        shipping.simulate(FailureMode.NONE);
        ImmediateRecovery.run(service);
        assertRolledBackEverywhere();
    }

    @Test
    void aParticipantThatMissedTheCommitIsCommittedLater() {
        payment.simulate(FailureMode.IS_AWAY_AT_THE_VERDICT);

        OrderId id = idOf(place(key));

        assertThat(status(id)).isEqualTo("CONFIRMED");
        assertThat(payment.branchOf(id.toString())).isEqualTo("PREPARED");
        assertThat(inventory.branchOf(id.toString())).isEqualTo("COMMITTED");
        assertThat(commitsInTheLog()).isEqualTo(1);
        ImmediateRecovery.run(service);
        assertThat(commitsInTheLog()).isEqualTo(1);

        payment.simulate(FailureMode.NONE);
        ImmediateRecovery.run(service);
        assertThat(payment.branchOf(id.toString())).isEqualTo("COMMITTED");
        assertThat(commitsInTheLog()).isZero();
    }

    /** The record of the commit has expired while another participant was unavailable. */
    @Test
    void aParticipantWithoutARecordIsAssumedToHaveCommitted() {
        shipping.simulate(FailureMode.HAS_NO_RECORD_OF_THE_BRANCH);

        assertThat(place(key).status()).isEqualTo(201);

        assertThat(commitsInTheLog()).isZero();
        shipping.clear();
    }

    /** The participant was started without its branch endpoints, and still has a prepared branch. */
    @Test
    void aParticipantWithoutTheEndpointIsCommittedLater() {
        shipping.simulate(FailureMode.HAS_NO_SUCH_ENDPOINT);

        String id = idOf(place(key)).toString();
        assertThat(commitsInTheLog()).isEqualTo(1);

        shipping.simulate(FailureMode.NONE);
        ImmediateRecovery.run(service);
        assertThat(shipping.branchOf(id)).isEqualTo("COMMITTED");
        assertThat(commitsInTheLog()).isZero();
    }

    @Test
    void aCrashBeforeTheDecisionRollsBack() {
        crashes.crashOnceAt(BEFORE_DECISION);
        assertThat(place(key).status()).isEqualTo(500);

        String id = inventory.branches().keySet().iterator().next();
        assertThat(branches.inDoubt())
                .singleElement()
                .satisfies(branch -> assertThat(branch.transaction().toString()).isEqualTo(id));
        assertThat(place(key).status()).isEqualTo(409);
        JsonNode report = api.get(PATH + "/in-doubt").json();
        assertThat(report.get("participants").valueStream())
                .allSatisfy(each ->
                        assertThat(each.at("/inDoubt/0/transaction").asString()).isEqualTo(id));
        assertThat(report.toString()).contains("RowExclusiveLock");
        assertThat(report.get("unacknowledged")).isEmpty();

        ImmediateRecovery.run(service);

        participants()
                .forEach(participant -> assertThat(participant.branchOf(id)).isEqualTo("ROLLED_BACK"));
        assertThat(api.get("/orders/" + id).status()).isEqualTo(404);
        assertThat(place(key).status()).isEqualTo(201);
    }

    @Test
    void aCrashAfterTheDecisionCommits() {
        crashes.crashOnceAt(BEFORE_SEND);
        assertThat(place(key).status()).isEqualTo(500);

        String id = inventory.branches().keySet().iterator().next();
        assertThat(api.get("/orders/" + id).status()).isEqualTo(404);
        assertThat(place(key).status()).isEqualTo(409);
        assertThat(api.get(PATH + "/in-doubt")
                        .json()
                        .at("/unacknowledged/0/transaction")
                        .asString())
                .isEqualTo(id);

        ImmediateRecovery.run(service);

        participants()
                .forEach(participant -> assertThat(participant.branchOf(id)).isEqualTo("COMMITTED"));
        OrderServiceClient.Answer again = place(key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(idOf(again).toString()).isEqualTo(id);
        assertThat(commitsInTheLog()).isZero();
    }

    /** Recovery in another instance aborts a transaction whose manager is only paused. */
    @Test
    void anAbortedManagerCannotCommit() {
        crashes.doOnceAt(BEFORE_DECISION, () -> ImmediateRecovery.run(service));

        OrderServiceClient.Answer answer = place(key);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/contended");
        assertRolledBackEverywhere();
    }

    @Test
    void concurrentRecoveryDoesNotDisturbACommit() {
        crashes.doOnceAt(BEFORE_SEND, () -> ImmediateRecovery.run(service));

        assertThat(place(key).status()).isEqualTo(201);

        participants()
                .forEach(participant -> assertThat(participant.branches())
                        .containsOnlyKeys(participant.branches().keySet())
                        .doesNotContainValue("ROLLED_BACK"));
        assertThat(commitsInTheLog()).isZero();
    }

    private void assertRolledBackEverywhere() {
        participants()
                .forEach(participant -> assertThat(participant.branches())
                        .doesNotContainValue("PREPARED")
                        .doesNotContainValue("COMMITTED"));
        Stream.of(inventory.branches(), payment.branches(), shipping.branches())
                .flatMap(each -> each.keySet().stream())
                .forEach(id -> assertThat(api.get("/orders/" + id).status()).isEqualTo(404));
        assertThat(branches.inDoubt()).isEmpty();
        participants().forEach(participant -> participant.simulate(FailureMode.NONE));
        // the key can be used again
        assertThat(place(key).status()).isEqualTo(201);
    }

    private OrderServiceClient.Answer place(String idempotencyKey) {
        return post(idempotencyKey, OrderServiceClient.order("peggy", "LAMP-1", 2));
    }

    private OrderServiceClient.Answer post(String idempotencyKey, String body) {
        return api.post(PATH + "/orders", body, request -> request.header("Idempotency-Key", idempotencyKey));
    }

    private static OrderId idOf(OrderServiceClient.Answer answer) {
        return OrderId.of(answer.json().get("id").asString());
    }

    private static List<StubParticipantServer> participants() {
        return List.of(inventory, payment, shipping);
    }

    private long commitsInTheLog() {
        return jdbc.sql("select count(*) from transaction_decisions where verdict = 'COMMIT'")
                .query(Long.class)
                .single();
    }
}
