package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.OrderId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives the decisions of the transaction manager. The endpoint that prepares a branch is specific to each service.
 */
@RestController
@RequestMapping(BranchController.PATH)
@Tag(
        name = "Anti-pattern: distributed transaction",
        description = "This service's branches of two-phase commit. Only the transaction manager should call these.")
class BranchController {

    static final String PATH = "/anti-patterns/distributed-transaction/branches";

    private final Participant participant;

    BranchController(Participant participant) {
        this.participant = participant;
    }

    @GetMapping
    @Operation(summary = "Branches that are in doubt, oldest first, with their locks")
    List<InDoubtBranch> inDoubt() {
        return participant.inDoubt();
    }

    @PostMapping("/{transaction}/commit")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Commits a prepared branch; may be repeated; 404 for an unknown branch")
    void commit(@PathVariable OrderId transaction) {
        participant.commit(transaction);
    }

    @PostMapping("/{transaction}/rollback")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Rolls a branch back, and refuses a later request to prepare it")
    void rollback(@PathVariable OrderId transaction) {
        participant.rollback(transaction);
    }
}
