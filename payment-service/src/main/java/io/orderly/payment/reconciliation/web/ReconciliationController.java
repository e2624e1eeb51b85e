package io.orderly.payment.reconciliation.web;

import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.reconciliation.Reconciliation;
import io.orderly.payment.reconciliation.ReconciliationReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Reconciliation")
class ReconciliationController {

    private final Reconciliation reconciliation;

    ReconciliationController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    @GetMapping("/reconciliation")
    @Operation(summary = "Compares the provider's whole book with the ledger, and the ledger with the balances")
    ReconciliationReport reconcile() {
        try {
            return reconciliation.run();
        } catch (ProviderUnavailableException _) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The provider's book cannot be read now.");
        }
    }
}
