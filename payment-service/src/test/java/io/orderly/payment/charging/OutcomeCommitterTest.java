package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.payment.PaymentProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

class OutcomeCommitterTest {

    private static final String LONGER_THAN_THE_TEST = "1h";
    private static final Duration A_WHILE = Duration.ofMillis(300);

    /** As many payments under way as make the pace apply in full. */
    private static final int BUSY = 5;

    private static final int LIMIT = 4;

    private final List<List<Integer>> commits = new CopyOnWriteArrayList<>();
    private OutcomeCommitter committer;

    @AfterEach
    void stop() throws InterruptedException {
        Thread thread = committer.stop();
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void theOutcomesOfSeveralPaymentsWaitUntilTheNextCommitMayBegin() {
        start(LONGER_THAN_THE_TEST, this::commit);
        begin(BUSY);
        add(1);
        await().until(() -> !commits.isEmpty());

        add(2);
        add(3);

        await().during(A_WHILE).until(() -> commits.equals(List.of(List.of(1))));
        assertThat(committer.underWay()).isEqualTo(BUSY - 1);
    }

    @Test
    void theOutcomeOfAPaymentThatIsAloneDoesNotWait() {
        start(LONGER_THAN_THE_TEST, this::commit);
        for (int number = 1; number <= 3; number++) {
            begin(1);
            add(number);
            await().until(() -> committer.underWay() == 0);
        }

        assertThat(commits).containsExactly(List.of(1), List.of(2), List.of(3));
    }

    @Test
    void outcomesThatArriveDuringACommitShareTheNextOnesUpToTheLimit() {
        var mayCommit = new CountDownLatch(1);
        start("0ms", outcomes -> {
            awaitUninterrupted(mayCommit);
            commit(outcomes);
        });
        begin(LIMIT + 3);
        IntStream.rangeClosed(1, LIMIT + 3).forEach(this::add);
        mayCommit.countDown();

        await().until(() -> committer.underWay() == 0);
        // the thread may take the first outcomes before all others have been added
        assertThat(commits).allSatisfy(commit -> assertThat(commit).hasSizeLessThanOrEqualTo(LIMIT));
        assertThat(commits).hasSizeBetween(2, 3);
        assertThat(commits.stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, LIMIT + 3).boxed().toList());
    }

    @Test
    void anOutcomeThatCannotBeCommittedDoesNotPreventTheOthers() {
        var mayCommit = new CountDownLatch(1);
        start("0ms", outcomes -> {
            awaitUninterrupted(mayCommit);
            if (outcomes.stream().anyMatch(outcome -> numberOf(outcome) == 2)) {
                throw new DataIntegrityViolationException("2 is not valid");
            }
            commit(outcomes);
        });
        begin(3);
        IntStream.rangeClosed(1, 3).forEach(this::add);
        mayCommit.countDown();

        await().until(() -> committer.underWay() == 0);
        assertThat(commits.stream().flatMap(List::stream)).containsExactly(1, 3);
    }

    @Test
    void outcomesAreDroppedWhenTheDatabaseIsAway() {
        start("0ms", outcomes -> {
            if (outcomes.stream().anyMatch(outcome -> numberOf(outcome) == 1)) {
                throw new QueryTimeoutException("the database is away");
            }
            commit(outcomes);
        });
        begin(1);
        add(1);
        await().until(() -> committer.underWay() == 0);
        begin(1);
        add(2);

        await().until(() -> committer.underWay() == 0);
        assertThat(commits).containsExactly(List.of(2));
    }

    @Test
    void stopsWhenTheLastOutcomeIsCommitted() throws InterruptedException {
        start("0ms", this::commit);
        begin(1);
        Thread thread = committer.stop();
        assertThat(thread).isNotNull();

        add(1);

        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        assertThat(commits).containsExactly(List.of(1));
    }

    private void start(String pace, Consumer<List<SettlementOutcome>> recorder) {
        var properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("orderly.payment.pace", pace, "orderly.payment.max-outcomes-per-commit", LIMIT)))
                .bindOrCreate("orderly.payment", PaymentProperties.class);
        committer = new OutcomeCommitter(properties, recorder, () -> {});
        committer.start();
    }

    private void begin(int payments) {
        IntStream.range(0, payments).forEach(_ -> committer.begin());
    }

    private void add(int number) {
        var attempt = new SettlementAttempt(
                OrderId.of("0199f2c8-7c00-7000-8000-000000000001"),
                PaymentState.INTENDED,
                new Charge(new CustomerId("alice"), Money.euros("30.00")),
                number,
                null);
        committer.add(new SettlementOutcome.Answered(attempt, new ProviderAnswer.Charged()));
    }

    private void commit(List<SettlementOutcome> outcomes) {
        commits.add(outcomes.stream().map(OutcomeCommitterTest::numberOf).toList());
    }

    private static int numberOf(SettlementOutcome outcome) {
        return outcome.attempt().number();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
