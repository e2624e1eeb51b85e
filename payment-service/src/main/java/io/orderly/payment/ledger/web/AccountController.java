package io.orderly.payment.ledger.web;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.Require;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
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

    /** Far above any sensible balance, and far below what the ledger's columns hold. */
    private static final BigDecimal LARGEST_BALANCE = new BigDecimal("1000000000000.00");

    private final Accounts accounts;
    private final AccountLists opened;
    private final Ledger ledger;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    AccountController(Accounts accounts, AccountLists opened, Ledger ledger, IdempotencyKeys keys, JsonMapper json) {
        this.accounts = accounts;
        this.opened = opened;
        this.ledger = ledger;
        this.keys = keys;
        this.json = json;
    }

    @GetMapping
    @Operation(
            summary = "A customer's account; what is held for charges under way is gone from its balance",
            description = AccountView.HOW_ACCOUNTS_OPEN)
    AccountView account(@PathVariable CustomerId customer) {
        return opened.find(customer).map(AccountView::of).orElseThrow(() -> noAccount(customer));
    }

    @GetMapping("/entries")
    @Operation(summary = "The account's entries, the latest first; go on with next while there is one")
    EntryPage entries(
            @PathVariable CustomerId customer,
            @RequestParam(required = false) @Min(1) @Nullable Long after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit) {
        accounts.find(customer).orElseThrow(() -> noAccount(customer));
        var found = ledger.entries(customer, after == null ? Long.MAX_VALUE : after, limit + 1);
        var shown = found.stream().limit(limit).map(EntryView::of).toList();
        return new EntryPage(shown, found.size() > limit ? shown.getLast().id() : null);
    }

    /** @param next the {@code after} of the next page; null if this is the last */
    record EntryPage(List<EntryView> entries, @Nullable Long next) {}

    /**
     * One side of a transfer.
     *
     * @param id grows with time; where a page ends
     * @param amount what it adds to the account, negative if it takes away
     */
    @Schema(name = "LedgerEntry")
    record EntryView(long id, Transfer.Kind kind, UUID reference, Money amount, Instant postedAt) {

        static EntryView of(LedgerEntry entry) {
            return new EntryView(entry.sequence(), entry.kind(), entry.reference(), entry.amount(), entry.postedAt());
        }
    }

    private static ProblemException noAccount(CustomerId customer) {
        return ProblemException.notFound(
                "There is no account of customer " + customer + "; the first order or deposit opens one.");
    }

    @PostMapping("/deposits")
    @Operation(
            summary = "Pays in; opens the account if the customer has none yet",
            description = AccountView.HOW_ACCOUNTS_OPEN)
    @ApiResponse(
            responseCode = "201",
            description = "It is posted to the ledger",
            content = @Content(schema = @Schema(implementation = DepositView.class)))
    ResponseEntity<byte[]> deposit(
            @PathVariable CustomerId customer, @RequestBody DepositRequest deposit, IdempotencyKey key) {
        return keys.once(key.toRequest(customer, deposit), () -> deposit(customer, deposit.amount()))
                .toResponse();
    }

    private IdempotentResponse deposit(CustomerId customer, Money amount) {
        var account = Objects.requireNonNull(accounts.lock(List.of(customer)).get(customer));
        if (!account.keeps(amount.currency())) {
            throw ProblemException.unprocessable(
                    "amount.currency", "must be " + account.balance().currency() + ", like the account's");
        }
        if (account.balance().amount().add(amount.amount()).compareTo(LARGEST_BALANCE) > 0) {
            throw ProblemException.unprocessable("amount", "would take the balance beyond " + LARGEST_BALANCE);
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

    /** @param balance after the deposit */
    record DepositView(UUID depositId, CustomerId customerId, Money amount, Money balance) {}
}
