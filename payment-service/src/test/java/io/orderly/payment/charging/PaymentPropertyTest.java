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
 * One payment under random sequences of commands, requests that arrive early, late, repeatedly or never, answers that
 * are lost or late, and crashes. After the sequence, pending messages are delivered; then the payment is settled, each
 * command has one reply, the ledger agrees with the provider's book, and nothing is held.
 */
class PaymentPropertyTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");
    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Money PRICE = Money.euros("30.00");

    enum Event {
        CHARGE_COMMAND,
        REFUND_COMMAND,
        WORKER_STARTS_ATTEMPT,
        PROVIDER_RECEIVES_OLDEST,
        PROVIDER_RECEIVES_NEWEST,
        REQUEST_IS_LOST,
        OLDEST_ANSWER_ARRIVES,
        NEWEST_ANSWER_ARRIVES,
        ANSWER_ARRIVES_TWICE,
        ANSWER_IS_LOST
    }

    @Property(tries = 5_000)
    void paymentLedgerAndProviderAgreeAfterAnySequenceOfEvents(
            @ForAll @Size(max = 40) List<Event> events, @ForAll boolean providerDeclines) {
        var simulation = new Simulation(providerDeclines);

        events.forEach(simulation::handle);
        simulation.drain();

        simulation.check();
    }

    /** A request that has not arrived at the provider yet. */
    private enum Request {
        CHARGE,
        REVERSE,
        FIND
    }

    private static final class Simulation {

        private final boolean providerDeclines;
        private @Nullable Payment payment;
        private final List<Transfer> ledger = new ArrayList<>();
        private final Map<SagaStep, @Nullable StepReply> steps = new EnumMap<>(SagaStep.class);
        private final List<Request> requests = new ArrayList<>();
        private final List<ProviderAnswer> answers = new ArrayList<>();
        private @Nullable ProviderAnswer book;
        private int captures;

        Simulation(boolean providerDeclines) {
            this.providerDeclines = providerDeclines;
        }

        void handle(Event event) {
            switch (event) {
                case CHARGE_COMMAND -> chargeCommand();
                case REFUND_COMMAND -> refundCommand();
                case WORKER_STARTS_ATTEMPT -> startAttempt();
                case PROVIDER_RECEIVES_OLDEST -> pull(requests, false).ifPresent(this::receive);
                case PROVIDER_RECEIVES_NEWEST -> pull(requests, true).ifPresent(this::receive);
                case REQUEST_IS_LOST -> pull(requests, false);
                case OLDEST_ANSWER_ARRIVES -> pull(answers, false).ifPresent(this::receiveAnswer);
                case NEWEST_ANSWER_ARRIVES -> pull(answers, true).ifPresent(this::receiveAnswer);
                case ANSWER_ARRIVES_TWICE ->
                    pull(answers, false).ifPresent(answer -> {
                        receiveAnswer(answer);
                        receiveAnswer(answer);
                    });
                case ANSWER_IS_LOST -> pull(answers, false);
            }
        }

        /** Like the kit: each step is executed once, and no step after its compensation. */
        private void chargeCommand() {
            if (steps.containsKey(SagaStep.CHARGE_PAYMENT) || steps.containsKey(SagaStep.REFUND_PAYMENT)) {
                return;
            }
            steps.put(SagaStep.CHARGE_PAYMENT, null);
            var account = new Account(ALICE, Money.euros("100.00"));
            apply(Payment.charge(new ChargePayment(ORDER, ALICE, PRICE), account, PRICE.amount()));
        }

        private void refundCommand() {
            if (steps.containsKey(SagaStep.REFUND_PAYMENT)) {
                return;
            }
            steps.put(SagaStep.REFUND_PAYMENT, null);
            apply(payment == null ? Payment.refundBeforeCharge(ORDER) : payment.refund());
        }

        private void startAttempt() {
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
                        captures += providerDeclines ? 0 : 1;
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

        private void receiveAnswer(ProviderAnswer answer) {
            apply(Objects.requireNonNull(payment).apply(answer));
        }

        private void apply(Decision decision) {
            payment = decision.payment();
            ledger.addAll(decision.transfers());
            for (var reply : decision.replies()) {
                assertThat(steps).containsKey(reply.step());
                assertThat(steps.put(reply.step(), reply)).as("second reply").isNull();
            }
        }

        /** Delivers all pending messages, and lets the worker continue until the payment is settled. */
        void drain() {
            for (int rounds = 0; rounds < 3; rounds++) {
                while (!requests.isEmpty()) {
                    pull(requests, false).ifPresent(this::receive);
                }
                while (!answers.isEmpty()) {
                    pull(answers, false).ifPresent(this::receiveAnswer);
                }
                startAttempt();
            }
        }

        void check() {
            assertThat(steps).doesNotContainValue(null);
            assertThat(captures).isLessThanOrEqualTo(1);
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
