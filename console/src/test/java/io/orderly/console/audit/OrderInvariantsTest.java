package io.orderly.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.audit.AuditView.Verdict;
import io.orderly.console.order.Message;
import io.orderly.console.order.OrderFacts;
import io.orderly.console.order.Orders;
import io.orderly.console.order.SampleSaga;
import io.orderly.console.order.TopicRecord;
import io.orderly.contracts.MessageHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderInvariantsTest {

    private static final String ORDER = "01936f00-0000-7000-8000-000000000001";
    private static final String OTHER = "01936f00-0000-7000-8000-000000000002";

    private final List<TopicRecord> confirmed = SampleSaga.confirmed(ORDER, "ada", Instant.EPOCH);
    private final List<TopicRecord> rejected = SampleSaga.rejected(ORDER, "ada", Instant.EPOCH);

    /** Topics are read in any order, and messages that were not read yet are no violation. */
    @Test
    void holdForAnyPartOfAnySaga() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            List<TopicRecord> part = new ArrayList<>(confirmed);
            part.addAll(SampleSaga.rejected(OTHER, "broke", Instant.EPOCH));
            Collections.shuffle(part, random);
            List<Check> checks = check(part.subList(0, random.nextInt(1, part.size())));
            assertThat(checks).as("seed %d", seed).allMatch(check -> check.verdict() == Verdict.HOLDS);
        }
        assertThat(check(confirmed)).allMatch(check -> check.examined() == 1);
    }

    @Test
    void anOrderThatEndsTwiceViolatesThem() {
        assertThat(violated(List.of(confirmed.getLast(), rejected.getLast()))).containsExactly("An order ends once");
    }

    @Test
    void aSecondPaymentViolatesThem() {
        List<TopicRecord> twice = new ArrayList<>(confirmed);
        TopicRecord captured = confirmed.get(5);
        String another = new String(captured.value()).replace("pay-1", "pay-2");
        twice.add(SampleSaga.changed(captured, 900, MessageHeaders.ID, "another", another.getBytes()));
        assertThat(violated(twice)).containsExactly("An order has at most one payment and one shipment");
    }

    @Test
    void aCompensationAfterThePivotViolatesThem() {
        List<TopicRecord> both = new ArrayList<>(confirmed.subList(0, 11));
        TopicRecord release = rejected.get(6);
        both.add(SampleSaga.changed(release, 900, MessageHeaders.ID, "release", release.value()));
        assertThat(violated(both)).containsExactly("A saga compensates nothing after its pivot");
    }

    @Test
    void committedStockOfARejectedOrderViolatesThem() {
        assertThat(violated(List.of(confirmed.get(11), rejected.getLast())))
                .containsExactly("The stock of a rejected or cancelled order is not committed");
    }

    @Test
    void theWorstVerdictCounts() {
        Check holds = new Check("a", Verdict.HOLDS, 1, "");
        Check unknown = new Check("b", Verdict.UNKNOWN, 0, "away");
        Check violated = new Check("c", Verdict.VIOLATED, 1, "order 1");
        assertThat(AuditView.of(List.of(holds), 1, 1).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(AuditView.of(List.of(holds, unknown), 1, 1).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(AuditView.of(List.of(violated, unknown), 1, 1).verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(AuditView.of(List.of(), 1, 1).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void namesSomeOfManyViolations() {
        Invariant<Integer> none = new Invariant<>("none", _ -> false, each -> "n" + each);
        assertThat(none.check(List.of(1, 2, 3, 4, 5)))
                .isEqualTo(new Check("none", Verdict.VIOLATED, 5, "n1, n2, n3 and 2 more"));
    }

    private static Stream<String> names(List<Check> checks, Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).map(Check::invariant);
    }

    private static List<String> violated(List<TopicRecord> records) {
        return names(check(records), Verdict.VIOLATED).toList();
    }

    private static List<Check> check(List<TopicRecord> records) {
        Orders orders = new Orders(10, 1_000_000);
        records.forEach(record -> orders.add(Message.of(record)));
        List<OrderFacts> facts = orders.facts();
        return OrderInvariants.check(facts);
    }
}
