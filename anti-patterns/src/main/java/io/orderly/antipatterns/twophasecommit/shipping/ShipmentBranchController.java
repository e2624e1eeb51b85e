package io.orderly.antipatterns.twophasecommit.shipping;

import io.orderly.antipatterns.twophasecommit.MatchingTransaction;
import io.orderly.antipatterns.twophasecommit.Vote;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.shipping.ScheduleShipment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Anti-pattern: distributed transaction")
class ShipmentBranchController {

    private final ShipmentBranch branch;

    ShipmentBranchController(ShipmentBranch branch) {
        this.branch = branch;
    }

    @PutMapping("/anti-patterns/distributed-transaction/branches/{transaction}")
    @Operation(summary = "Prepares to book a slot; the days of its region stay locked until the decision")
    Vote prepare(@PathVariable OrderId transaction, @RequestBody ScheduleShipment command) {
        MatchingTransaction.require(transaction, command);
        return branch.prepare(command);
    }
}
