package io.orderly.order;

import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.kit.entities.AssignedIdEntity;
import io.orderly.order.saga.Cause;
import io.orderly.order.saga.SagaOrder;
import io.orderly.order.saga.SagaState;
import io.orderly.order.saga.SagaState.Compensated;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * An order: its lines and prices, its address, and its status. It is stored in the same transaction as its saga. Status and cause
 * are derived from the saga's state: they change in the transaction that changes the saga, under the lock of the saga's row, and are
 * written together with the saga. All other columns are immutable. Hibernate inserts and loads orders and never updates them.
 */
@Entity
@Immutable
@Table(name = "orders")
public class Order extends AssignedIdEntity<UUID> {

    @Id
    private UUID id;

    private String customer;

    @Convert(converter = PricedLinesConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    private List<PricedLine> lines;

    @Convert(converter = AddressConverter.class)
    @JdbcTypeCode(SqlTypes.JSON)
    @Immutable
    private Address address;

    private BigDecimal total;

    private String currency;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private @Nullable String causeReason;

    private @Nullable String causeDetail;

    private Instant placedAt;

    protected Order() {}

    private Order(
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

    /** Creates an order in the status PENDING. */
    public static Order accepted(
            OrderId id, CustomerId customer, List<PricedLine> lines, Address address, Money total, Instant placedAt) {
        return new Order(id, customer, lines, address, total, placedAt);
    }

    public OrderId id() {
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

    /** Why the order was rejected or cancelled; null if it was not. */
    public @Nullable Cause cause() {
        return causeReason == null || causeDetail == null ? null : new Cause(causeReason, causeDetail);
    }

    public Instant placedAt() {
        return placedAt;
    }

    /** The part of the order that the saga's commands need. */
    public SagaOrder toSagaOrder() {
        return new SagaOrder(
                id(), customer(), lines.stream().map(PricedLine::withoutPrice).toList(), total(), address);
    }

    /** Sets status and cause according to the state of the order's saga. */
    public void updateFrom(SagaState saga) {
        status = OrderStatus.of(saga);
        Cause cause = saga instanceof Compensated compensated ? compensated.cause() : null;
        causeReason = cause == null ? null : cause.reason();
        causeDetail = cause == null ? null : cause.detail();
    }

    @Override
    public UUID getId() {
        return id;
    }
}
