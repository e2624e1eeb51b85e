package io.orderly.payment.ledger.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.Require;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.security.Caller;
import io.orderly.kit.web.ProblemException;
import io.orderly.payment.ledger.AccountLists;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.LedgerEntry;
import io.orderly.payment.ledger.Transfer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/accounts/{customer}")
@Tag(name = "Accounts")
class AccountController {

    /** Far above any realistic balance, and far below the capacity of the ledger's columns. */
    private static final BigDecimal LARGEST_BALANCE = new BigDecimal("1000000000000.00");

    private final Accounts accounts;
    private final AccountLists accountLists;
    private final Ledger ledger;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    AccountController(
            Accounts accounts, AccountLists accountLists, Ledger ledger, IdempotencyKeys keys, JsonMapper json) {
        this.accounts = accounts;
        this.accountLists = accountLists;
        this.ledger = ledger;
        this.keys = keys;
        this.json = json;
    }

    @GetMapping
    @Operation(
            summary = "A customer's account; amounts held for pending charges are already subtracted from its balance",
            description = AccountView.OPENING_DESCRIPTION)
    AccountView account(@PathVariable CustomerId customer, Caller caller) {
        requireAccess(customer, caller);
        return accountLists.find(customer).map(AccountView::of).orElseThrow(() -> noAccount(customer));
    }

    @GetMapping("/entries")
    @Operation(summary = "The account's entries, latest first; request the next page with next until it is absent")
    EntryPage entries(
            @PathVariable CustomerId customer,
            @RequestParam(required = false) @Min(1) @Nullable Long after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit,
            Caller caller) {
        requireAccess(customer, caller);
        accounts.find(customer).orElseThrow(() -> noAccount(customer));
        var found = ledger.entries(customer, after == null ? Long.MAX_VALUE : after, limit + 1);
        var shown = found.stream().limit(limit).map(EntryView::of).toList();
        return new EntryPage(shown, found.size() > limit ? shown.getLast().id() : null);
    }

    /** @param next the {@code after} of the next page; null on the last page */
    record EntryPage(List<EntryView> entries, @Nullable Long next) {}

    /**
     * One side of a transfer.
     *
     * @param id increases with time; the cursor of a page
     * @param amount positive for a credit, negative for a debit
     */
    @Schema(name = "LedgerEntry")
    record EntryView(long id, Transfer.Kind kind, UUID reference, Money amount, Instant postedAt) {

        static EntryView of(LedgerEntry entry) {
            return new EntryView(entry.sequence(), entry.kind(), entry.reference(), entry.amount(), entry.postedAt());
        }
    }

    /** The account of another customer is refused as one that does not exist. */
    private static void requireAccess(CustomerId customer, Caller caller) {
        if (!caller.mayAccess(customer)) {
            throw noAccount(customer);
        }
    }

    private static ProblemException noAccount(CustomerId customer) {
        return ProblemException.notFound(
                "There is no account of customer " + customer + "; it is opened by the first order or deposit.");
    }

    @PostMapping("/deposits")
    @Operation(
            summary = "Deposits an amount; opens the account if the customer does not have one",
            description = AccountView.OPENING_DESCRIPTION)
    @ApiResponse(
            responseCode = "201",
            description = "The deposit is posted to the ledger",
            content = @Content(schema = @Schema(implementation = DepositView.class)))
    ResponseEntity<byte[]> deposit(
            @PathVariable CustomerId customer, @RequestBody DepositRequest deposit, IdempotencyKey key, Caller caller) {
        requireAccess(customer, caller);
        return keys.once(key.toRequest(customer, deposit), () -> deposit(customer, deposit.amount()))
                .toResponse();
    }

    private IdempotentResponse deposit(CustomerId customer, Money amount) {
        var account = Objects.requireNonNull(accounts.lock(List.of(customer)).get(customer));
        if (!account.hasCurrency(amount.currency())) {
            throw ProblemException.unprocessable(
                    "amount.currency", "must be " + account.balance().currency() + ", the currency of the account");
        }
        if (account.balance().amount().add(amount.amount()).compareTo(LARGEST_BALANCE) > 0) {
            throw ProblemException.unprocessable("amount", "would raise the balance above " + LARGEST_BALANCE);
        }
        var depositId = UUID.randomUUID();
        ledger.post(List.of(Transfer.deposit(depositId, customer, amount)));
        return new IdempotentResponse(
                HttpStatus.CREATED,
                null,
                json.writeValueAsBytes(new DepositView(depositId, customer, amount, account.balance())));
    }

    record DepositRequest(Money amount) {

        DepositRequest {
            Require.positive(amount, "amount");
        }
    }

    /** @param balance the balance after the deposit */
    record DepositView(UUID depositId, CustomerId customerId, Money amount, Money balance) {}
}
