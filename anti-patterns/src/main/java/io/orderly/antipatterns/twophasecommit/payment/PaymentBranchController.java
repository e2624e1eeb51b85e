package io.orderly.antipatterns.twophasecommit.payment;

import io.orderly.antipatterns.twophasecommit.MatchingTransaction;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.payment.ChargePayment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Anti-pattern: distributed transaction")
class PaymentBranchController {

    private final PaymentBranch branch;

    PaymentBranchController(PaymentBranch branch) {
        this.branch = branch;
    }

    @PutMapping("/anti-patterns/distributed-transaction/branches/{transaction}")
    @Operation(
            summary =
                    "Holds an amount at the provider and prepares to post it; the account stays locked until the decision")
    Vote prepare(@PathVariable OrderId transaction, @RequestBody ChargePayment command) {
        MatchingTransaction.require(transaction, command);
        return branch.prepare(command);
    }
}
