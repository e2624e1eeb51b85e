package io.orderly.order.placement;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.order.Order;
import io.orderly.order.catalogue.CatalogueProducts;
import io.orderly.order.placement.PlacementResult.Accepted;
import io.orderly.order.placement.PlacementResult.Refused;
import io.orderly.order.placement.Quote.Invalid;
import io.orderly.order.placement.Quote.Priced;
import io.orderly.order.process.SagaManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Prices drafts and places them as orders. */
@Component
public class OrderPlacement {

    private final CatalogueProducts catalogue;
    private final SagaManager sagaManager;
    private final Clock clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    OrderPlacement(CatalogueProducts catalogue, SagaManager sagaManager, Clock clock) {
        this.catalogue = catalogue;
        this.sagaManager = sagaManager;
        this.clock = clock;
    }

    /** Stores the order and starts its saga within the caller's transaction, or reports why the draft is not valid. */
    @Transactional(propagation = Propagation.MANDATORY)
    public PlacementResult place(OrderDraft draft) {
        PlacementResult result = evaluate(draft);
        if (result instanceof Accepted(Order order)) {
            sagaManager.start(order);
        }
        return result;
    }

    /** Prices and validates the draft without storing anything. */
    public PlacementResult evaluate(OrderDraft draft) {
        var skus = draft.lines().stream().map(OrderLine::sku).toList();
        return switch (Quote.of(draft, catalogue.prices(skus))) {
            case Invalid invalid -> new Refused(invalid.violations());
            case Priced priced -> new Accepted(orderOf(draft, priced));
        };
    }

    private Order orderOf(OrderDraft draft, Priced priced) {
        // the database stores microseconds
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Order.accepted(
                new OrderId(ids.generate()), draft.customer(), priced.lines(), draft.address(), priced.total(), now);
    }
}
