package io.orderly.antipatterns.twophasecommit;

import io.orderly.contracts.Command;
import io.orderly.contracts.OrderId;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The requests that a transaction manager sends to the branches of another service. */
@HttpExchange(url = BranchController.PATH, accept = "application/json")
public interface BranchApi extends Participant {

    /** @param command the command that the saga would send to the service */
    @PutExchange("/{transaction}")
    Vote prepare(@PathVariable OrderId transaction, @RequestBody Command command);

    @Override
    @PostExchange("/{transaction}/commit")
    void commit(@PathVariable OrderId transaction);

    @Override
    @PostExchange("/{transaction}/rollback")
    void rollback(@PathVariable OrderId transaction);

    @Override
    @GetExchange
    List<InDoubtBranch> inDoubt();
}
