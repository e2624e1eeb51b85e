package io.orderly.order;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaOrder;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has ordered, at what price, and what has become of it. It comes into being together with its saga, which
 * also writes its status and cause; nothing else of it ever changes.
 */
@Entity
@Immutable
@Table(name = "orders")
public class Order {

    @Id
    private UUID id;

    private String customer;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<PricedLine> lines;

    @JdbcTypeCode(SqlTypes.JSON)
    private Address address;

    private BigDecimal total;
    private String currency;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private @Nullable String causeReason;
    private @Nullable String causeDetail;
    private Instant placedAt;

    @SuppressWarnings("NullAway.Init")
    protected Order() {
        // for JPA
    }

    /** An order that has just been accepted. */
    public Order(
            OrderId id, CustomerId customer, List<PricedLine> lines, Address address, Money total, Instant placedAt) {
        this.id = id.value();
        this.customer = customer.value();
        this.lines = List.copyOf(lines);
        this.address = address;
        this.total = total.amount();
        this.currency = total.currency();
        this.status = OrderStatus.PENDING;
        this.placedAt = placedAt;
    }

    public OrderId orderId() {
        return new OrderId(id);
    }

    public CustomerId customer() {
        return new CustomerId(customer);
    }

    public List<PricedLine> lines() {
        return lines;
    }

    public Address address() {
        return address;
    }

    public Money total() {
        return new Money(total, currency);
    }

    public OrderStatus status() {
        return status;
    }

    /** Why it was rejected or cancelled; empty unless it was. */
    public Optional<Cause> cause() {
        return causeReason == null || causeDetail == null
                ? Optional.empty()
                : Optional.of(new Cause(causeReason, causeDetail));
    }

    public Instant placedAt() {
        return placedAt;
    }

    /** What the saga needs to know of it. */
    public SagaOrder forSaga() {
        return new SagaOrder(
                orderId(),
                customer(),
                lines.stream().map(PricedLine::withoutPrice).toList(),
                total(),
                address);
    }
}
