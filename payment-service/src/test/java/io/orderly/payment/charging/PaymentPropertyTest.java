package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.StepReply;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.LedgerAccount;
import io.orderly.payment.ledger.Transfer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One payment under random orders of commands, requests that arrive early, late, twice or never, answers that are lost or
 * late, and crashes. Whatever happened, once the noise ends: the payment is settled, every command has one reply, the ledger
 * agrees with the provider's book, and nothing is held.
 */
class PaymentPropertyTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Money PRICE = Money.euros("30.00");

    enum Event {
        CHARGE_COMMAND,
        REFUND_COMMAND,
        WORKER_SETS_OUT,
        PROVIDER_RECEIVES_OLDEST,
        PROVIDER_RECEIVES_NEWEST,
        REQUEST_IS_LOST,
        OLDEST_ANSWER_ARRIVES,
        NEWEST_ANSWER_ARRIVES,
        ANSWER_ARRIVES_TWICE,
        ANSWER_IS_LOST
    }

    @Property(tries = 5_000)
    void everyOrderOfEventsEndsWell(@ForAll @Size(max = 40) List<Event> events, @ForAll boolean providerDeclines) {
        var world = new World(providerDeclines);

        events.forEach(world::happen);
        world.calmDown();

        world.check();
    }

    /** What was asked of the provider and has not arrived there yet. */
    private enum Request {
        CHARGE,
        REVERSE,
        FIND
    }

    private static final class World {

        private final boolean providerDeclines;
        private @Nullable Payment payment;
        private final List<Transfer> ledger = new ArrayList<>();
        private final Map<SagaStep, @Nullable StepReply> steps = new EnumMap<>(SagaStep.class);
        private final List<Request> requests = new ArrayList<>();
        private final List<ProviderAnswer> answers = new ArrayList<>();
        private @Nullable ProviderAnswer book;
        private int timesTaken;

        World(boolean providerDeclines) {
            this.providerDeclines = providerDeclines;
        }

        void happen(Event event) {
            switch (event) {
                case CHARGE_COMMAND -> chargeCommand();
                case REFUND_COMMAND -> refundCommand();
                case WORKER_SETS_OUT -> setOut();
                case PROVIDER_RECEIVES_OLDEST -> pull(requests, false).ifPresent(this::receive);
                case PROVIDER_RECEIVES_NEWEST -> pull(requests, true).ifPresent(this::receive);
                case REQUEST_IS_LOST -> pull(requests, false);
                case OLDEST_ANSWER_ARRIVES -> pull(answers, false).ifPresent(this::answered);
                case NEWEST_ANSWER_ARRIVES -> pull(answers, true).ifPresent(this::answered);
                case ANSWER_ARRIVES_TWICE ->
                    pull(answers, false).ifPresent(answer -> {
                        answered(answer);
                        answered(answer);
                    });
                case ANSWER_IS_LOST -> pull(answers, false);
            }
        }

        /** As the kit does: a step once, and none after its compensation. */
        private void chargeCommand() {
            if (steps.containsKey(SagaStep.CHARGE_PAYMENT) || steps.containsKey(SagaStep.REFUND_PAYMENT)) {
                return;
            }
            steps.put(SagaStep.CHARGE_PAYMENT, null);
            var account = new Account(ALICE, Money.euros("100.00"));
            apply(Payment.charge(new ChargePayment(ORDER, ALICE, PRICE), account));
        }

        private void refundCommand() {
            if (steps.containsKey(SagaStep.REFUND_PAYMENT)) {
                return;
            }
            steps.put(SagaStep.REFUND_PAYMENT, null);
            apply(payment == null ? Payment.refundBeforeCharge(ORDER) : payment.refund());
        }

        private void setOut() {
            if (payment != null && payment.state().isOpen()) {
                requests.add(Request.FIND);
                requests.add(payment.state() == PaymentState.INTENDED ? Request.CHARGE : Request.REVERSE);
            }
        }

        private void receive(Request request) {
            switch (request) {
                case FIND -> {}
                case CHARGE -> {
                    if (book == null) {
                        book = providerDeclines ? new ProviderAnswer.Declined("no") : new ProviderAnswer.Charged();
                        timesTaken += providerDeclines ? 0 : 1;
                    }
                }
                case REVERSE ->
                    book = switch (book) {
                        case null -> new ProviderAnswer.Voided();
                        case ProviderAnswer.Charged() -> new ProviderAnswer.Refunded();
                        case ProviderAnswer other -> other;
                    };
            }
            if (book != null) {
                answers.add(book);
            }
        }

        private void answered(ProviderAnswer answer) {
            apply(Objects.requireNonNull(payment).answered(answer));
        }

        private void apply(Decision decision) {
            payment = decision.payment();
            ledger.addAll(decision.transfers());
            for (var reply : decision.replies()) {
                assertThat(steps).containsKey(reply.step());
                assertThat(steps.put(reply.step(), reply)).as("second reply").isNull();
            }
        }

        /** Everything still under way arrives, and the worker goes on until nothing is open. */
        void calmDown() {
            for (int rounds = 0; rounds < 3; rounds++) {
                while (!requests.isEmpty()) {
                    pull(requests, false).ifPresent(this::receive);
                }
                while (!answers.isEmpty()) {
                    pull(answers, false).ifPresent(this::answered);
                }
                setOut();
            }
        }

        void check() {
            assertThat(steps).doesNotContainValue(null);
            assertThat(timesTaken).isLessThanOrEqualTo(1);
            if (payment == null) {
                assertThat(ledger).isEmpty();
                return;
            }
            assertThat(payment.state().isOpen()).isFalse();
            boolean taken = book instanceof ProviderAnswer.Charged;
            assertThat(payment.state() == PaymentState.CHARGED).isEqualTo(taken);
            var price = taken ? PRICE.amount() : BigDecimal.ZERO.setScale(2);
            assertThat(balanceOf(LedgerAccount.CLEARING)).isEqualByComparingTo(price);
            assertThat(balanceOf(LedgerAccount.of(ALICE))).isEqualByComparingTo(price.negate());
            assertThat(balanceOf(LedgerAccount.HELD)).isZero();
            assertThat(ledger.stream().map(Transfer::kind)).doesNotHaveDuplicates();
        }

        private BigDecimal balanceOf(LedgerAccount account) {
            return ledger.stream()
                    .map(each -> each.credit().equals(account)
                            ? each.amount().amount()
                            : each.debit().equals(account)
                                    ? each.amount().amount().negate()
                                    : BigDecimal.ZERO)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private static <T> Optional<T> pull(List<T> list, boolean newest) {
            if (list.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(newest ? list.removeLast() : list.removeFirst());
        }
    }
}
