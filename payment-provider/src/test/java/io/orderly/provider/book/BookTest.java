package io.orderly.provider.book;

import static io.orderly.provider.book.Instructions.authorize;
import static io.orderly.provider.book.Instructions.charge;
import static io.orderly.provider.book.Instructions.euros;
import static io.orderly.provider.book.Status.AUTHORIZED;
import static io.orderly.provider.book.Status.CHARGED;
import static io.orderly.provider.book.Status.DECLINED;
import static io.orderly.provider.book.Status.REFUNDED;
import static io.orderly.provider.book.Status.VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.provider.book.Instruction.Capture;
import io.orderly.provider.book.Instruction.Reverse;
import io.orderly.provider.book.Instruction.Void;
import io.orderly.provider.book.InstructionResult.Cause;
import io.orderly.provider.book.InstructionResult.Change;
import io.orderly.provider.book.InstructionResult.NoChange;
import io.orderly.provider.book.InstructionResult.Refusal;
import io.orderly.provider.book.Request.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BookTest {

    private static final Instant NOW = Instant.parse("2026-11-23T04:30:00Z");

    private final Book book = new Book();
    private Issuer issuer = (_, _) -> Optional.empty();

    @Test
    void aRepeatedChargeIsExecutedOnce() {
        changes(charge("k", "12.34"), CHARGED);
        changesNothing(charge("k", "12.34"), CHARGED);
        changesNothing(charge("k", "12.340"), CHARGED);

        assertThat(book.summary().byCurrency().get("EUR"))
                .containsOnlyKeys(CHARGED)
                .extractingByKey(CHARGED)
                .isEqualTo(new Summary.Tally(1, euros("12.34").amount()));
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
        changes(charge("k", "12.34"), CHARGED);

        refuses(charge("k", "12.35"), Cause.KEY_REUSED);
        refuses(authorize("k", "12.34"), Cause.KEY_REUSED);
        refuses(
                new Instruction.Pay("k", new Request(Flow.CHARGE, "cust-2", euros("12.34"), "order-1")),
                Cause.KEY_REUSED);
        refuses(
                new Instruction.Pay("k", new Request(Flow.CHARGE, "cust-1", euros("12.34"), "order-2")),
                Cause.KEY_REUSED);
    }

    @Test
    void aDeclineIsPermanent() {
        issuer = (_, _) -> Optional.of("insufficient_funds");
        var declined = changes(charge("k", "12.34"), DECLINED);
        assertThat(declined.reason()).isEqualTo("insufficient_funds");

        issuer = (_, _) -> Optional.empty();
        changesNothing(charge("k", "12.34"), DECLINED);
        changesNothing(new Reverse("k"), DECLINED);
        changesNothing(new Void("k"), DECLINED);
        refuses(new Capture("k"), Cause.NOTHING_TO_CAPTURE);
    }

    @Test
    void aChargeIsRefundedOnce() {
        changes(charge("k", "12.34"), CHARGED);
        var refunded = changes(new Reverse("k"), REFUNDED);
        assertThat(refunded.request()).isEqualTo(charge("k", "12.34").request());

        changesNothing(new Reverse("k"), REFUNDED);
        changesNothing(charge("k", "12.34"), REFUNDED);
        changesNothing(new Void("k"), REFUNDED);
        refuses(new Capture("k"), Cause.NOTHING_TO_CAPTURE);
    }

    @Test
    void aChargeAfterItsReversalCapturesNothing() {
        changes(new Reverse("k"), VOIDED);

        changesNothing(charge("k", "12.34"), VOIDED);
        changesNothing(authorize("k", "99"), VOIDED);
        changesNothing(new Reverse("k"), VOIDED);
        assertThat(book.summary()).isEqualTo(new Summary(1, 1, 1, Map.of()));
    }

    @Test
    void aChargeAfterItsVoidCapturesNothing() {
        changes(new Void("k"), VOIDED);

        changesNothing(charge("k", "12.34"), VOIDED);
        refuses(new Capture("k"), Cause.NOTHING_TO_CAPTURE);
    }

    @Test
    void anAuthorizedAmountIsHeldUntilItsCapture() {
        changes(authorize("k", "12.34"), AUTHORIZED);
        changesNothing(authorize("k", "12.34"), AUTHORIZED);

        changes(new Capture("k"), CHARGED);
        changesNothing(new Capture("k"), CHARGED);
        changesNothing(authorize("k", "12.34"), CHARGED);
        refuses(new Void("k"), Cause.ALREADY_CHARGED);
        changes(new Reverse("k"), REFUNDED);
    }

    @Test
    void anAuthorizedAmountCanBeVoidedOrReversed() {
        changes(authorize("v", "12.34"), AUTHORIZED);
        changes(new Void("v"), VOIDED);
        changesNothing(new Void("v"), VOIDED);
        changesNothing(authorize("v", "12.34"), VOIDED);
        refuses(new Capture("v"), Cause.NOTHING_TO_CAPTURE);

        changes(authorize("r", "12.34"), AUTHORIZED);
        changes(new Reverse("r"), VOIDED);
    }

    @Test
    void anUnknownKeyCannotBeCaptured() {
        refuses(new Capture("k"), Cause.UNKNOWN_KEY);
    }

    @Test
    void pagesAreInTheOrderOfChanges() {
        changes(charge("a", "1"), CHARGED);
        changes(charge("b", "2"), CHARGED);
        changes(charge("c", "3"), CHARGED);
        changes(new Reverse("a"), REFUNDED);

        assertThat(book.changedAfter(0, 2)).extracting(Payment::key).containsExactly("b", "c");
        assertThat(book.changedAfter(3, 2)).extracting(Payment::key).containsExactly("a");
        assertThat(book.changedAfter(4, 2)).isEmpty();
    }

    @Test
    void aMissingChangeIsDetected() {
        var payment = changes(charge("a", "1"), CHARGED);

        assertThatThrownBy(() -> book.enter(payment)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> book.enter(payment.withStatus(REFUNDED, 3, NOW)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Payment changes(Instruction instruction, Status status) {
        var verdict = book.decide(instruction, issuer, NOW);
        assertThat(verdict).isInstanceOf(Change.class);
        var payment = ((Change) verdict).payment();
        assertThat(payment.status()).isEqualTo(status);
        book.enter(payment);
        assertThat(book.find(instruction.key())).contains(payment);
        return payment;
    }

    private void changesNothing(Instruction instruction, Status status) {
        var before = book.find(instruction.key()).orElseThrow();
        assertThat(book.decide(instruction, issuer, NOW)).isEqualTo(new NoChange(before));
        assertThat(before.status()).isEqualTo(status);
    }

    private void refuses(Instruction instruction, Cause cause) {
        assertThat(book.decide(instruction, issuer, NOW)).isEqualTo(new Refusal(cause));
    }

    @Test
    void decidingChangesNothing() {
        for (var instruction : List.of(charge("k", "1"), authorize("k", "1"), new Reverse("k"), new Void("k"))) {
            book.decide(instruction, issuer, NOW);
        }

        assertThat(book.find("k")).isEmpty();
        assertThat(book.sequence()).isZero();
    }
}
