package io.orderly.antipatterns.twophasecommit.manager;

import io.orderly.antipatterns.ordering.SagaParticipantClients;
import io.orderly.antipatterns.twophasecommit.BranchApi;
import io.orderly.antipatterns.twophasecommit.Participant;
import io.orderly.antipatterns.twophasecommit.TransactionBranches;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.SagaStep;
import io.orderly.order.saga.SagaDefinition;
import io.orderly.order.saga.SagaOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The participants of every distributed order. */
public class EnlistedParticipants {

    /** The name of this service as a participant. */
    static final String ORDERS = "orders";

    private static final String INVENTORY = "inventory";
    private static final String PAYMENT = "payment";
    private static final String SHIPPING = "shipping";

    private final TransactionBranches orders;
    private final BranchApi inventory;
    private final BranchApi payment;
    private final BranchApi shipping;

    EnlistedParticipants(TransactionBranches orders, SagaParticipantClients participants) {
        this.orders = orders;
        this.inventory = participants.inventory(BranchApi.class);
        this.payment = participants.payment(BranchApi.class);
        this.shipping = participants.shipping(BranchApi.class);
    }

    /** All participants by name. */
    public SequencedMap<String, Participant> participants() {
        SequencedMap<String, Participant> all = new LinkedHashMap<>();
        all.put(INVENTORY, inventory);
        all.put(PAYMENT, payment);
        all.put(SHIPPING, shipping);
        all.put(ORDERS, orders);
        return Collections.unmodifiableSequencedMap(all);
    }

    /** The enlistments of all participants for this order, in the order of {@link #participants()}. */
    List<Enlistment> forOrder(SagaOrder order, Supplier<Vote> ownWork) {
        return List.of(
                enlist(INVENTORY, inventory, SagaStep.RESERVE_INVENTORY, order),
                enlist(PAYMENT, payment, SagaStep.CHARGE_PAYMENT, order),
                enlist(SHIPPING, shipping, SagaStep.SCHEDULE_SHIPMENT, order),
                new Enlistment(ORDERS, orders, () -> orders.prepare(order.id(), ownWork)));
    }

    private static Enlistment enlist(String name, BranchApi participant, SagaStep step, SagaOrder order) {
        return new Enlistment(
                name, participant, () -> participant.prepare(order.id(), SagaDefinition.command(step, order)));
    }
}
