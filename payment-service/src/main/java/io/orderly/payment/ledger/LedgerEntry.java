package io.orderly.payment.ledger;

import io.orderly.contracts.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One side of a transfer. Mapped to a view of the transfers. */
@Entity
@Immutable
@Table(name = "ledger_entries")
@IdClass(LedgerEntry.Key.class)
public class LedgerEntry {

    @Id
    @Column(name = "id")
    private long sequence;

    @Id
    private String account;

    private UUID reference;

    @Enumerated(EnumType.STRING)
    private Transfer.Kind kind;

    private BigDecimal amount;

    private String currency;

    private Instant postedAt;

    /** Identifies an entry. */
    record Key(long sequence, String account) {}

    protected LedgerEntry() {}

    /** The sequence of the transfer; increases with time. */
    public long sequence() {
        return sequence;
    }

    public Transfer.Kind kind() {
        return kind;
    }

    public UUID reference() {
        return reference;
    }

    /** Positive for a credit, negative for a debit. */
    public Money amount() {
        return new Money(amount, currency);
    }

    public Instant postedAt() {
        return postedAt;
    }
}
