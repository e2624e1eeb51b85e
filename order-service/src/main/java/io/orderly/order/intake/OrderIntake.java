package io.orderly.order.intake;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.order.Order;
import io.orderly.order.catalogue.CatalogueProducts;
import io.orderly.order.intake.Intake.Accepted;
import io.orderly.order.intake.Intake.Refused;
import io.orderly.order.intake.Quote.Flawed;
import io.orderly.order.intake.Quote.Priced;
import io.orderly.order.process.SagaProcess;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Turns drafts into orders. */
@Component
public class OrderIntake {

    private final CatalogueProducts catalogue;
    private final SagaProcess process;
    private final Clock clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    OrderIntake(CatalogueProducts catalogue, SagaProcess process, Clock clock) {
        this.catalogue = catalogue;
        this.process = process;
        this.clock = clock;
    }

    /** Accepts the draft within the caller's transaction and starts its saga, or says what is wrong with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Intake take(OrderDraft draft) {
        Intake intake = consider(draft);
        if (intake instanceof Accepted(Order order)) {
            process.start(order);
        }
        return intake;
    }

    /** The order that the draft is to become, which is stored nowhere yet; or what is wrong with it. */
    public Intake consider(OrderDraft draft) {
        var skus = draft.lines().stream().map(OrderLine::sku).toList();
        return switch (Quote.of(draft, catalogue.prices(skus))) {
            case Flawed flawed -> new Refused(flawed.flaws());
            case Priced priced -> new Accepted(orderOf(draft, priced));
        };
    }

    private Order orderOf(OrderDraft draft, Priced priced) {
        // to the microsecond, as the database keeps it
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Order.accepted(
                new OrderId(ids.generate()), draft.customer(), priced.lines(), draft.address(), priced.total(), now);
    }
}
