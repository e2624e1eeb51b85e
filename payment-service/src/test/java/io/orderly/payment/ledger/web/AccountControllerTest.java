package io.orderly.payment.ledger.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.payment.WebSlice;
import io.orderly.payment.ledger.Account;
import io.orderly.payment.ledger.AccountDetails;
import io.orderly.payment.ledger.AccountLists;
import io.orderly.payment.ledger.Accounts;
import io.orderly.payment.ledger.Ledger;
import io.orderly.payment.ledger.LedgerEntry;
import io.orderly.payment.ledger.Transfer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = {WebSlice.class, AccountController.class, AccountListController.class})
class AccountControllerTest {

    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @MockitoBean
    Accounts accounts;

    @MockitoBean
    AccountLists lists;

    @MockitoBean
    Ledger ledger;

    @MockitoBean
    IdempotencyKeys keys;

    private RestTestClient http;

    @BeforeEach
    void connect(@Autowired WebApplicationContext context) {
        http = RestTestClient.bindToApplicationContext(context).build();
    }

    @Test
    void anAccountIsShownWithItsOpeningBalance() {
        var details = details("alice");
        when(lists.find(ALICE)).thenReturn(Optional.of(details));

        get("/accounts/alice").expectStatus().isOk().expectBody().json("""
                {"customerId":"alice","balance":{"amount":"70.00","currency":"EUR"},
                 "openingBalance":{"amount":"100.00","currency":"EUR"},"openedAt":"2026-11-23T12:00:00Z"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/accounts/alice", "/accounts/alice/entries"})
    void anUnknownAccountIsAProblemWithStatus404(String path) {
        when(lists.find(ALICE)).thenReturn(Optional.empty());
        when(accounts.find(ALICE)).thenReturn(Optional.empty());

        get(path)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/not-found")
                .jsonPath("$.detail")
                .isEqualTo("There is no account of customer alice; it is opened by the first order or deposit.");
        verifyNoInteractions(ledger);
    }

    @Test
    void aPageOfEntriesHasACursorOnlyIfThereAreMore() {
        when(accounts.find(ALICE)).thenReturn(Optional.of(mock(Account.class)));
        var entries = List.of(entry(9), entry(7));
        when(ledger.entries(ALICE, 10, 2)).thenReturn(entries);
        when(ledger.entries(ALICE, Long.MAX_VALUE, 51)).thenReturn(entries);

        get("/accounts/alice/entries?after=10&limit=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries.length()")
                .isEqualTo(1)
                .jsonPath("$.entries[0].id")
                .isEqualTo(9)
                .jsonPath("$.next")
                .isEqualTo(9);
        get("/accounts/alice/entries")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.entries.length()")
                .isEqualTo(2)
                .jsonPath("$.next")
                .isEmpty();
    }

    @Test
    void aPageOfAccountsHasACursorOnlyIfThereAreMore() {
        var first = page(true, "alice");
        var last = page(false, "bob");
        when(lists.list(null, 1)).thenReturn(first);
        when(lists.list(ALICE, 50)).thenReturn(last);

        get("/accounts?limit=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.accounts[0].customerId")
                .isEqualTo("alice")
                .jsonPath("$.next")
                .isEqualTo("alice");
        get("/accounts?after=alice")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.accounts[0].customerId")
                .isEqualTo("bob")
                .jsonPath("$.next")
                .doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "/accounts?limit=0, limit",
        "/accounts?limit=201, limit",
        "/accounts?limit=x, limit",
        "/accounts?after=, after",
        "/accounts?page=1, page",
        "/accounts/%20alice, customer",
        "/accounts/alice/entries?limit=0, limit",
        "/accounts/alice/entries?limit=501, limit",
        "/accounts/alice/entries?after=0, after",
        "/accounts/alice/entries?after=x, after"
    })
    void anInvalidParameterIsAProblemThatNamesIt(String path, String parameter) {
        get(path)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/invalid-request")
                .jsonPath("$.errors[0].field")
                .isEqualTo(parameter);
        verifyNoInteractions(accounts, lists, ledger);
    }

    private static Window<AccountDetails> page(boolean hasNext, String customer) {
        return Window.from(List.of(details(customer)), _ -> ScrollPosition.keyset(), hasNext);
    }

    private static AccountDetails details(String customer) {
        var account = mock(Account.class);
        when(account.customerId()).thenReturn(new CustomerId(customer));
        when(account.balance()).thenReturn(Money.euros("70.00"));
        when(account.openedAt()).thenReturn(NOON);
        return new AccountDetails(account, Money.euros("100.00"));
    }

    private static LedgerEntry entry(long sequence) {
        var entry = mock(LedgerEntry.class);
        when(entry.sequence()).thenReturn(sequence);
        when(entry.kind()).thenReturn(Transfer.Kind.HOLD);
        when(entry.reference()).thenReturn(new UUID(0, sequence));
        when(entry.amount()).thenReturn(Money.euros("-1.00"));
        when(entry.postedAt()).thenReturn(NOON);
        return entry;
    }

    private RestTestClient.ResponseSpec get(String path) {
        return http.get().uri(URI.create(path)).exchange();
    }
}
