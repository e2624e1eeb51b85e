package io.orderly.order.placement;

import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.order.Order;
import io.orderly.order.catalogue.CatalogueBehindException;
import io.orderly.order.catalogue.CatalogueProducts;
import io.orderly.order.catalogue.CatalogueProgress;
import io.orderly.order.catalogue.PriceList;
import io.orderly.order.placement.PlacementResult.Accepted;
import io.orderly.order.placement.PlacementResult.Refused;
import io.orderly.order.placement.Quote.Invalid;
import io.orderly.order.placement.Quote.Priced;
import io.orderly.order.process.SagaManager;
import io.orderly.order.time.OrderTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Prices drafts and places them as orders. */
@Component
public class OrderPlacement {

    private final CatalogueProducts catalogue;
    private final SagaManager sagaManager;
    private final CatalogueProgress catalogueProgress;
    private final OrderTime time;

    OrderPlacement(
            CatalogueProducts catalogue, CatalogueProgress catalogueProgress, SagaManager sagaManager, OrderTime time) {
        this.catalogue = catalogue;
        this.catalogueProgress = catalogueProgress;
        this.sagaManager = sagaManager;
        this.time = time;
    }

    /**
     * Waits until the copy of the catalogue contains what the customer has seen, which it usually does. To be called before an order is placed,
     * outside of its transaction.
     *
     * @param catalogueRevision that the customer has seen
     * @throws CatalogueBehindException if the copy does not contain it in time
     */
    public void prepare(long catalogueRevision) {
        catalogueProgress.await(catalogueRevision);
        time.prepare();
    }

    /** Stores the order and starts its saga within the caller's transaction, or reports why the draft is not valid. */
    @Transactional(propagation = Propagation.MANDATORY)
    public PlacementResult place(OrderDraft draft) {
        PlacementResult result = evaluate(draft);
        if (result instanceof Accepted(Order order, long _)) {
            sagaManager.start(order);
        }
        return result;
    }

    /** Prices and validates the draft without storing anything. */
    public PlacementResult evaluate(OrderDraft draft) {
        var skus = draft.lines().stream().map(OrderLine::sku).toList();
        PriceList prices = catalogue.prices(skus);
        return switch (Quote.of(draft, prices.prices())) {
            case Invalid invalid -> new Refused(invalid.violations());
            case Priced priced -> new Accepted(orderOf(draft, priced), prices.revision());
        };
    }

    private Order orderOf(OrderDraft draft, Priced priced) {
        OrderTime.Stamp stamp = time.next();
        return Order.accepted(
                stamp.id(), draft.customer(), priced.lines(), draft.address(), priced.total(), stamp.time());
    }

    /**
     * Waits until every order that is placed from now on sorts after this one, which takes a few milliseconds from its placing on. To be
     * called before its placing is answered.
     *
     * @param order null if an earlier request has placed it, perhaps at another instance
     */
    public void awaitSettled(@Nullable OrderId order) {
        if (order == null) {
            time.awaitSettledElsewhere();
        } else {
            time.awaitSettled(order);
        }
    }
}
