package io.orderly.provider.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.provider.book.Instruction.Pay;
import io.orderly.provider.book.Instruction.Reverse;
import io.orderly.provider.book.InstructionResult;
import io.orderly.provider.book.Issuer;
import io.orderly.provider.book.Money;
import io.orderly.provider.book.Request;
import io.orderly.provider.book.Request.Flow;
import io.orderly.provider.book.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableBookTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T04:30:00.123456789Z"));
    private static final Issuer ISSUER =
            (_, request) -> request.account().equals("poor") ? Optional.of("insufficient_funds") : Optional.empty();

    @TempDir
    Path folder;

    @Test
    void theBookIsUnchangedAfterARestart() throws IOException {
        try (var book = open()) {
            book.execute(charge("charged", "rich"), ISSUER);
            book.execute(charge("declined", "poor"), ISSUER);
            book.execute(new Reverse("tombstone"), ISSUER);
            book.execute(charge("refunded", "rich"), ISSUER);
            book.execute(new Reverse("refunded"), ISSUER);
            book.execute(charge("'; drop table — ✓\n\u0000\"\\", "rich"), ISSUER);
        }
        try (var book = open();
                var again = open(folder.resolve("empty"))) {
            assertThat(again.summary().payments()).isZero();
            assertThat(book.changedAfter(0, 10))
                    .extracting(payment -> payment.key() + " " + payment.status())
                    .containsExactly(
                            "charged CHARGED",
                            "declined DECLINED",
                            "tombstone VOIDED",
                            "refunded REFUNDED",
                            "'; drop table — ✓\n\u0000\"\\ CHARGED");
            assertThat(book.find("charged").orElseThrow().request())
                    .isEqualTo(charge("charged", "rich").request());
            assertThat(book.find("charged").orElseThrow().createdAt()).isEqualTo(CLOCK.instant());
            assertThat(book.find("declined").orElseThrow().reason()).isEqualTo("insufficient_funds");

            assertThat(book.execute(charge("tombstone", "rich"), ISSUER))
                    .isInstanceOf(InstructionResult.NoChange.class);
            assertThat(book.execute(charge("new", "rich"), ISSUER))
                    .isInstanceOfSatisfying(
                            InstructionResult.Change.class,
                            change -> assertThat(change.payment().sequence()).isEqualTo(7));
        }
    }

    @Test
    void concurrentRequestsWithOneKeyChargeOnce() throws Exception {
        try (var book = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<InstructionResult> ask = () -> book.execute(charge("k", "rich"), ISSUER);
            var answers =
                    threads.invokeAll(IntStream.range(0, 100).mapToObj(_ -> ask).toList());

            var changes = 0;
            for (var answer : answers) {
                changes += answer.get() instanceof InstructionResult.Change ? 1 : 0;
            }
            assertThat(changes).isEqualTo(1);
            assertThat(book.find("k").orElseThrow().status()).isEqualTo(Status.CHARGED);
        }
        assertThat(Files.readAllLines(folder.resolve("book.journal"))).hasSize(1);
    }

    @Test
    void aJournalWithAMissingChangeIsRejected() throws IOException {
        try (var book = open()) {
            for (var key : List.of("a", "b", "c")) {
                book.execute(charge(key, "rich"), ISSUER);
            }
        }
        var file = folder.resolve("book.journal");
        var lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2)));

        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("change 3 cannot follow change 1");
    }

    @Test
    void aJournalWithOtherContentIsRejected() throws IOException {
        Files.write(folder.resolve("book.journal"), JournalLine.of("{\"sequence\":\"one\"}".getBytes()));

        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("not a payment");
    }

    private DurableBook open() throws IOException {
        return open(folder);
    }

    private static DurableBook open(Path folder) throws IOException {
        return DurableBook.open(folder, CLOCK, failure -> {
            throw new AssertionError(failure);
        });
    }

    private static Pay charge(String key, String account) {
        return new Pay(key, new Request(Flow.CHARGE, account, Money.of("12.34", Currency.getInstance("EUR")), "o"));
    }
}
