package io.orderly.payment.ledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderly.contracts.CustomerId;
import io.orderly.payment.ledger.AccountLists;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Accounts")
class AccountListController {

    private static final int MAX_PAGE = 200;

    private final AccountLists accounts;

    AccountListController(AccountLists accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/accounts")
    @Operation(
            summary = "All accounts, in the order of customer ids, compared by code point",
            description = AccountView.OPENING_DESCRIPTION)
    AccountPage list(
            @RequestParam(required = false) @Nullable CustomerId after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(MAX_PAGE) int limit) {
        var found = accounts.list(after, limit);
        var page = found.map(AccountView::of).toList();
        return new AccountPage(page, found.hasNext() ? page.getLast().customerId() : null);
    }

    /** @param next the value of {@code after} for the next page; absent on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountPage(List<AccountView> accounts, @Nullable CustomerId next) {}
}
