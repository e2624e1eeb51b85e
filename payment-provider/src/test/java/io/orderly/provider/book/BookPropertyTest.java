package io.orderly.provider.book;

import static io.orderly.provider.book.Instructions.authorize;
import static io.orderly.provider.book.Instructions.charge;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.provider.book.Instruction.Capture;
import io.orderly.provider.book.Instruction.Pay;
import io.orderly.provider.book.Instruction.Reverse;
import io.orderly.provider.book.Instruction.Void;
import io.orderly.provider.book.InstructionResult.Change;
import io.orderly.provider.book.Summary.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** The book under instructions that are repeated, late, reordered or for wrong keys. */
class BookPropertyTest {

    private static final Issuer ISSUER =
            (_, request) -> request.account().equals("poor") ? Optional.of("no") : Optional.empty();

    @Property
    void anAmountIsCapturedAtMostOncePerKeyAndNeverAfterItWasVoided(
            @ForAll("instructions") @Size(max = 80) List<Instruction> instructions) {
        var taken = new HashMap<String, Integer>();
        var returned = new HashMap<String, Integer>();
        var givenUp = new HashSet<String>();

        for (var change : changes(instructions)) {
            switch (change.status()) {
                case CHARGED -> {
                    assertThat(givenUp).doesNotContain(change.key());
                    taken.merge(change.key(), 1, Integer::sum);
                }
                case REFUNDED -> {
                    givenUp.add(change.key());
                    returned.merge(change.key(), 1, Integer::sum);
                }
                case VOIDED -> givenUp.add(change.key());
                case AUTHORIZED -> assertThat(givenUp).doesNotContain(change.key());
                case DECLINED -> assertThat(taken).doesNotContainKey(change.key());
            }
        }

        assertThat(taken.values()).allMatch(times -> times == 1);
        assertThat(returned.values()).allMatch(times -> times == 1);
        assertThat(taken.keySet()).containsAll(returned.keySet());
    }

    @Property
    void theSummaryMatchesThePayments(@ForAll("instructions") @Size(max = 80) List<Instruction> instructions) {
        var book = new Book();
        changes(instructions).forEach(book::enter);

        var payments = book.changedAfter(0, Integer.MAX_VALUE);
        var counted = new HashMap<Status, Tally>();
        for (var payment : payments) {
            if (payment.request() instanceof Request request) {
                counted.merge(payment.status(), new Tally(1, request.money().amount()), (a, b) -> a.plus(b.amount()));
            }
        }
        var summary = book.summary();
        assertThat(summary.payments()).isEqualTo(payments.size());
        assertThat(summary.tombstones()).isEqualTo((int)
                payments.stream().filter(p -> p.request() == null).count());
        for (var status : Status.values()) {
            var kept = summary.byCurrency().getOrDefault("EUR", Map.of()).getOrDefault(status, Tally.NONE);
            var expected = counted.getOrDefault(status, Tally.NONE);
            assertThat(kept.count()).isEqualTo(expected.count());
            assertThat(kept.amount()).isEqualByComparingTo(expected.amount());
        }
    }

    @Property
    void theChargedTotalMatchesCapturesMinusRefunds(
            @ForAll("instructions") @Size(max = 80) List<Instruction> instructions) {
        var flowed = BigDecimal.ZERO;
        var book = new Book();
        for (var change : changes(instructions)) {
            book.enter(change);
            if (change.request() instanceof Request request) {
                flowed = switch (change.status()) {
                    case CHARGED -> flowed.add(request.money().amount());
                    case REFUNDED -> flowed.subtract(request.money().amount());
                    case AUTHORIZED, DECLINED, VOIDED -> flowed;
                };
            }
        }

        var kept = book.summary().byCurrency().getOrDefault("EUR", Map.of()).getOrDefault(Status.CHARGED, Tally.NONE);
        assertThat(kept.amount()).isEqualByComparingTo(flowed);
    }

    @Property
    void everyPaymentIsOnExactlyOnePage(@ForAll("instructions") @Size(max = 80) List<Instruction> instructions) {
        var book = new Book();
        changes(instructions).forEach(book::enter);

        var seen = new ArrayList<Payment>();
        var after = 0L;
        for (var page = book.changedAfter(after, 3); !page.isEmpty(); page = book.changedAfter(after, 3)) {
            seen.addAll(page);
            after = page.getLast().sequence();
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(book.summary().payments());
        assertThat(seen).allSatisfy(each -> assertThat(book.find(each.key())).contains(each));
    }

    private static List<Payment> changes(List<Instruction> instructions) {
        var book = new Book();
        var changes = new ArrayList<Payment>();
        for (var instruction : instructions) {
            if (book.decide(instruction, ISSUER, Instant.EPOCH) instanceof Change(var payment)) {
                book.enter(payment);
                changes.add(payment);
            }
        }
        return changes;
    }

    @Provide
    Arbitrary<List<Instruction>> instructions() {
        var keys = Arbitraries.of("a", "b", "c", "d");
        var amounts = Arbitraries.frequency(Tuple.of(5, "10.00"), Tuple.of(1, "99.99"));
        Arbitrary<Instruction> pays = Combinators.combine(
                        keys, amounts, Arbitraries.of(true, false), Arbitraries.of("rich", "rich", "rich", "poor"))
                .as((key, amount, atOnce, account) -> {
                    var pay = atOnce ? charge(key, amount) : authorize(key, amount);
                    return new Pay(
                            key,
                            new Request(
                                    pay.request().flow(), account, pay.request().money(), "order"));
                });
        Arbitrary<Instruction> others = keys.flatMap(
                key -> Arbitraries.of(new Capture(key), new Void(key), new Reverse(key), new Reverse(key)));
        return Arbitraries.oneOf(pays, others).list();
    }
}
