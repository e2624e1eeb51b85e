package io.orderly.provider.book;

import io.orderly.provider.book.Instruction.Capture;
import io.orderly.provider.book.Instruction.Pay;
import io.orderly.provider.book.Instruction.Reverse;
import io.orderly.provider.book.Instruction.Void;
import io.orderly.provider.book.InstructionResult.Cause;
import io.orderly.provider.book.InstructionResult.Change;
import io.orderly.provider.book.InstructionResult.NoChange;
import io.orderly.provider.book.InstructionResult.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All payments, and the rules by which they change.
 *
 * <p>Deciding and changing are separate steps: {@link #decide} computes the result of an instruction and changes
 * nothing; {@link #enter} applies it. The caller that makes the book durable writes the payment in between, and
 * rebuilds the book by entering the written payments in order.
 *
 * <p>Not safe for concurrent use.
 */
public final class Book {

    private final Map<String, Payment> byKey = new HashMap<>();
    private final TreeMap<Long, Payment> bySequence = new TreeMap<>();
    private final Totals totals = new Totals();
    private long sequence;

    /** The result of the instruction. It is valid until the next {@link #enter}. */
    public InstructionResult decide(Instruction instruction, Issuer issuer, Instant now) {
        var known = byKey.get(instruction.key());
        return switch (instruction) {
            case Pay pay -> known == null ? open(pay, issuer, now) : repeated(known, pay.request());
            case Capture _ -> known == null ? new Refusal(Cause.UNKNOWN_KEY) : capture(known, now);
            case Void(var key) -> known == null ? tombstone(key, now) : voidPayment(known, now);
            case Reverse(var key) -> known == null ? tombstone(key, now) : reverse(known, now);
        };
    }

    private InstructionResult open(Pay pay, Issuer issuer, Instant now) {
        var declined = issuer.decline(pay.key(), pay.request());
        var status = declined.isPresent()
                ? Status.DECLINED
                : switch (pay.request().flow()) {
                    case CHARGE -> Status.CHARGED;
                    case AUTHORIZATION -> Status.AUTHORIZED;
                };
        return first(pay.key(), status, declined.orElse(null), pay.request(), now);
    }

    private static InstructionResult repeated(Payment known, Request request) {
        // A tombstone accepts any request and charges nothing.
        var same = known.request() == null || known.request().equals(request);
        return same ? new NoChange(known) : new Refusal(Cause.KEY_REUSED);
    }

    private InstructionResult capture(Payment known, Instant now) {
        return switch (known.status()) {
            case AUTHORIZED -> change(known, Status.CHARGED, now);
            case CHARGED -> new NoChange(known);
            case DECLINED, VOIDED, REFUNDED -> new Refusal(Cause.NOTHING_TO_CAPTURE);
        };
    }

    private InstructionResult voidPayment(Payment known, Instant now) {
        return switch (known.status()) {
            case AUTHORIZED -> change(known, Status.VOIDED, now);
            case CHARGED -> new Refusal(Cause.ALREADY_CHARGED);
            case DECLINED, VOIDED, REFUNDED -> new NoChange(known);
        };
    }

    private InstructionResult reverse(Payment known, Instant now) {
        return switch (known.status()) {
            case AUTHORIZED -> change(known, Status.VOIDED, now);
            case CHARGED -> change(known, Status.REFUNDED, now);
            case DECLINED, VOIDED, REFUNDED -> new NoChange(known);
        };
    }

    private InstructionResult tombstone(String key, Instant now) {
        return first(key, Status.VOIDED, null, null, now);
    }

    private Change first(String key, Status status, @Nullable String reason, @Nullable Request request, Instant now) {
        var next = sequence + 1;
        return new Change(new Payment(next, key, "pay_" + next, status, reason, request, now, now));
    }

    private Change change(Payment known, Status status, Instant now) {
        return new Change(known.withStatus(status, sequence + 1, now));
    }

    /**
     * Enters the new version of a payment.
     *
     * @throws IllegalArgumentException if its sequence is not the next one, which means that a change is missing
     */
    public void enter(Payment payment) {
        if (payment.sequence() != sequence + 1) {
            throw new IllegalArgumentException(
                    "change %d cannot follow change %d".formatted(payment.sequence(), sequence));
        }
        sequence = payment.sequence();
        var before = byKey.put(payment.key(), payment);
        if (before != null) {
            bySequence.remove(before.sequence());
            totals.remove(before);
        }
        bySequence.put(payment.sequence(), payment);
        totals.add(payment);
    }

    /** The payment with this key. */
    public Optional<Payment> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * The payments whose latest change came after {@code after}, in the order of these changes. A payment that changes
     * while a client pages through the book moves to the end: it may be returned twice, but is never missed.
     */
    public List<Payment> changedAfter(long after, int limit) {
        return bySequence.tailMap(after, false).values().stream().limit(limit).toList();
    }

    /** The sums over the current book. */
    public Summary summary() {
        return totals.summary(sequence, byKey.size());
    }

    /** The number of the latest change; 0 if there was none. */
    public long sequence() {
        return sequence;
    }
}
