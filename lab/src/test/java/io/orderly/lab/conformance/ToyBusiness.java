package io.orderly.lab.conformance;

import io.orderly.contracts.Command;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.contracts.reply.StepReply;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What toy participants do: stock, an account for all customers, and shipments. It does not remember commands. */
class ToyBusiness {

    static final Sku PLENTY = new Sku("PLENTY");
    static final Sku SCARCE = new Sku("SCARCE");
    static final Subject.Inventory INVENTORY = new Subject.Inventory(PLENTY, SCARCE, 6);
    static final Subject.Payment PAYMENT = new Subject.Payment(CustomerId.of("ada"), Money.euros("600.00"));
    static final Subject.Shipping SHIPPING = new Subject.Shipping("DE");

    private final Map<Sku, Integer> onHand = new HashMap<>(Map.of(PLENTY, 10_000, SCARCE, 10));
    private final Map<OrderId, List<OrderLine>> reserved = new HashMap<>();
    private final Set<OrderId> shipped = new HashSet<>();
    private final Map<OrderId, Money> charged = new HashMap<>();
    private Money balance = Money.euros("1000.00");

    StepReply execute(Command command) {
        return switch (command) {
            case ReserveInventory reserve -> reserve(reserve);
            case CommitReservation commit -> commit(commit);
            case ReleaseInventory release -> release(release);
            case ChargePayment charge -> charge(charge);
            case RefundPayment refund -> refund(refund);
            case ScheduleShipment schedule -> schedule(schedule);
            case CancelShipment cancel -> new ShipmentWithdrawn(cancel.orderId());
            default -> throw new IllegalArgumentException(command.toString());
        };
    }

    private StepReply reserve(ReserveInventory command) {
        boolean isCovered =
                command.lines().stream().allMatch(line -> onHand.getOrDefault(line.sku(), 0) >= line.quantity());
        if (!isCovered) {
            return declined(command, "OUT_OF_STOCK");
        }
        command.lines().forEach(line -> onHand.merge(line.sku(), -line.quantity(), Integer::sum));
        reserved.computeIfAbsent(command.orderId(), _ -> new ArrayList<>()).addAll(command.lines());
        return new StockReserved(command.orderId());
    }

    private StepReply commit(CommitReservation command) {
        if (reserved.remove(command.orderId()) == null) {
            return refused(command, "NO_RESERVATION");
        }
        shipped.add(command.orderId());
        return new StockCommitted(command.orderId());
    }

    StepReply release(ReleaseInventory command) {
        if (isShipped(command.orderId())) {
            return refused(command, "ALREADY_SHIPPED");
        }
        List<OrderLine> lines = reserved.remove(command.orderId());
        if (lines != null) {
            lines.forEach(line -> onHand.merge(line.sku(), line.quantity(), Integer::sum));
        }
        return new StockReleased(command.orderId());
    }

    boolean isShipped(OrderId order) {
        return shipped.contains(order);
    }

    private StepReply charge(ChargePayment command) {
        if (balance.isLessThan(command.amount())) {
            return declined(command, "INSUFFICIENT_FUNDS");
        }
        balance = balance.plus(command.amount().negated());
        charged.put(command.orderId(), command.amount());
        return new ChargeCaptured(command.orderId(), "pay-" + command.orderId(), command.amount());
    }

    private StepReply refund(RefundPayment command) {
        Money amount = charged.remove(command.orderId());
        if (amount != null) {
            balance = balance.plus(amount);
        }
        return new ChargeReversed(command.orderId(), refundedOf(amount));
    }

    @Nullable Money refundedOf(@Nullable Money amount) {
        return amount;
    }

    private static StepReply schedule(ScheduleShipment command) {
        return command.address().country().equals("DE")
                ? new ShipmentBooked(command.orderId(), UUID.randomUUID().toString(), LocalDate.EPOCH)
                : declined(command, "ADDRESS_NOT_SERVED");
    }

    private static StepDeclined declined(Command command, String reason) {
        return new StepDeclined(command.orderId(), command.step(), reason, "not possible");
    }

    private static StepRefused refused(Command command, String reason) {
        return new StepRefused(command.orderId(), command.step(), reason, "not allowed");
    }
}
