package io.orderly.lab.conformance;

import io.orderly.contracts.Address;
import io.orderly.contracts.Command;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Sku;
import io.orderly.contracts.Topic;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.math.BigDecimal;
import java.util.List;

/** A participant that is certified, and the commands that it gets, about data that it has. */
public sealed interface Subject {

    /** Such as {@code inventory}. */
    String name();

    /** The topic of its commands. */
    Topic topic();

    /** Its forward step that has a compensation. */
    SagaStep forward();

    /** The compensation of {@link #forward()}. */
    SagaStep compensation();

    /** A command for the forward step that can be executed for many orders. */
    Command step(OrderId order);

    /** A command for the forward step that takes so much that it can be executed for one order at a time. */
    Command scarceStep(OrderId order);

    /** A command for the forward step that can never be executed. */
    Command impossibleStep(OrderId order);

    /** The command that compensates each of them. */
    Command undo(OrderId order);

    /** The JSON of a command for the forward step with a value that its schema does not allow. */
    String invalidStep(OrderId order);

    /**
     * The inventory.
     *
     * @param sku a product with some hundred units on hand
     * @param scarceSku another product
     * @param scarceUnits at most as many as there are units of it on hand, and more than half of them
     */
    record Inventory(Sku sku, Sku scarceSku, int scarceUnits) implements Subject {

        private static final Sku UNKNOWN = new Sku("CERTIFY-NO-SUCH-PRODUCT");

        @Override
        public String name() {
            return "inventory";
        }

        @Override
        public Topic topic() {
            return Topic.INVENTORY_COMMANDS;
        }

        @Override
        public SagaStep forward() {
            return SagaStep.RESERVE_INVENTORY;
        }

        @Override
        public SagaStep compensation() {
            return SagaStep.RELEASE_INVENTORY;
        }

        @Override
        public Command step(OrderId order) {
            return reserve(order, sku, 1);
        }

        @Override
        public Command scarceStep(OrderId order) {
            return reserve(order, scarceSku, scarceUnits);
        }

        @Override
        public Command impossibleStep(OrderId order) {
            return reserve(order, UNKNOWN, OrderLine.MAX_QUANTITY);
        }

        private static Command reserve(OrderId order, Sku sku, int units) {
            return new ReserveInventory(order, List.of(new OrderLine(sku, units)));
        }

        @Override
        public Command undo(OrderId order) {
            return new ReleaseInventory(order);
        }

        @Override
        public String invalidStep(OrderId order) {
            return """
                    {"orderId":"%s","lines":[{"sku":"%s","quantity":0}]}""".formatted(order, sku);
        }
    }

    /**
     * The payments.
     *
     * @param customer whose account covers the scarce amount, but not twice
     */
    record Payment(CustomerId customer, Money scarceAmount) implements Subject {

        private static final BigDecimal MORE_THAN_ANYBODY_HAS = new BigDecimal("99999999999999999.99");

        @Override
        public String name() {
            return "payment";
        }

        @Override
        public Topic topic() {
            return Topic.PAYMENT_COMMANDS;
        }

        @Override
        public SagaStep forward() {
            return SagaStep.CHARGE_PAYMENT;
        }

        @Override
        public SagaStep compensation() {
            return SagaStep.REFUND_PAYMENT;
        }

        @Override
        public Command step(OrderId order) {
            return new ChargePayment(order, customer, amount());
        }

        /** The amount of {@link #step}. */
        Money amount() {
            return new Money(BigDecimal.ONE, scarceAmount.currency());
        }

        @Override
        public Command scarceStep(OrderId order) {
            return new ChargePayment(order, customer, scarceAmount);
        }

        @Override
        public Command impossibleStep(OrderId order) {
            return new ChargePayment(order, customer, new Money(MORE_THAN_ANYBODY_HAS, scarceAmount.currency()));
        }

        @Override
        public Command undo(OrderId order) {
            return new RefundPayment(order);
        }

        @Override
        public String invalidStep(OrderId order) {
            return """
                    {"orderId":"%s","customerId":"%s","amount":{"amount":"-1.00","currency":"%s"}}""".formatted(order, customer, scarceAmount.currency());
        }
    }

    /**
     * The shipments. A second booking for an order shows in its reply, so no slots need to be scarce.
     *
     * @param country to which it ships, with some hundred free slots
     */
    record Shipping(String country) implements Subject {

        /** Assigned by no one: ISO 3166 leaves it to its users. */
        private static final String NOWHERE = "ZZ";

        @Override
        public String name() {
            return "shipping";
        }

        @Override
        public Topic topic() {
            return Topic.SHIPPING_COMMANDS;
        }

        @Override
        public SagaStep forward() {
            return SagaStep.SCHEDULE_SHIPMENT;
        }

        @Override
        public SagaStep compensation() {
            return SagaStep.CANCEL_SHIPMENT;
        }

        @Override
        public Command step(OrderId order) {
            return schedule(order, country);
        }

        @Override
        public Command scarceStep(OrderId order) {
            return step(order);
        }

        @Override
        public Command impossibleStep(OrderId order) {
            return schedule(order, NOWHERE);
        }

        private static Command schedule(OrderId order, String country) {
            return new ScheduleShipment(order, Address.of("Certification", "Lindenstr. 5", "Berlin", "10969", country));
        }

        @Override
        public Command undo(OrderId order) {
            return new CancelShipment(order);
        }

        @Override
        public String invalidStep(OrderId order) {
            return """
                    {"orderId":"%s","address":{"name":"Certification","street":"Lindenstr. 5","city":"Berlin",\
                    "postalCode":"10969","country":"Germany"}}""".formatted(order);
        }
    }
}
