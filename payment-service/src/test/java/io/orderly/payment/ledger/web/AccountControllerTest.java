package io.orderly.payment.ledger.web;

import static io.orderly.kit.testing.ProblemAssert.assertInvalidRequest;
import static io.orderly.kit.testing.ProblemAssert.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.kit.testing.IdempotencySlice;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest({AccountController.class, AccountListController.class})
@Import({ControllerSlice.class, IdempotencySlice.class})
class AccountControllerTest {

    private static final CustomerId ALICE = new CustomerId("alice");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Accounts accounts;

    @MockitoBean
    AccountLists lists;

    @MockitoBean
    Ledger ledger;

    @MockitoBean
    IdempotencyKeys keys;

    @Test
    void anAccountIsShownWithItsOpeningBalance() {
        var details = details("alice");
        when(lists.find(ALICE)).thenReturn(Optional.of(details));

        MvcTestResult result = get("/accounts/alice");

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                {"customerId":"alice","balance":{"amount":"70.00","currency":"EUR"},
                 "openingBalance":{"amount":"100.00","currency":"EUR"},"openedAt":"2026-11-23T12:00:00Z"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/accounts/alice", "/accounts/alice/entries"})
    void anUnknownAccountIsAProblemWithStatus404(String path) {
        when(lists.find(ALICE)).thenReturn(Optional.empty());
        when(accounts.find(ALICE)).thenReturn(Optional.empty());

        assertNotFound(get(path), "There is no account of customer alice; it is opened by the first order or deposit.");
        verifyNoInteractions(ledger);
    }

    @Test
    void aPageOfEntriesHasACursorOnlyIfThereAreMore() {
        when(accounts.find(ALICE)).thenReturn(Optional.of(mock(Account.class)));
        var entries = List.of(entry(9), entry(7));
        when(ledger.entries(ALICE, 10, 2)).thenReturn(entries);
        when(ledger.entries(ALICE, Long.MAX_VALUE, 51)).thenReturn(entries);

        MvcTestResult page = get("/accounts/alice/entries?after=10&limit=1");

        assertThat(page).hasStatusOk();
        assertThat(page).bodyJson().extractingPath("$.entries").asArray().hasSize(1);
        assertThat(page).bodyJson().extractingPath("$.entries[0].id").isEqualTo(9);
        assertThat(page).bodyJson().extractingPath("$.next").isEqualTo(9);
        MvcTestResult lastPage = get("/accounts/alice/entries");

        assertThat(lastPage).hasStatusOk();
        assertThat(lastPage).bodyJson().extractingPath("$.entries").asArray().hasSize(2);
        assertThat(lastPage).bodyJson().extractingPath("$.next").isNull();
    }

    @Test
    void aPageOfAccountsHasACursorOnlyIfThereAreMore() {
        var first = page(true, "alice");
        var last = page(false, "bob");
        when(lists.list(null, 1)).thenReturn(first);
        when(lists.list(ALICE, 50)).thenReturn(last);

        MvcTestResult firstPage = get("/accounts?limit=1");

        assertThat(firstPage).hasStatusOk();
        assertThat(firstPage)
                .bodyJson()
                .extractingPath("$.accounts[0].customerId")
                .isEqualTo("alice");
        assertThat(firstPage).bodyJson().extractingPath("$.next").isEqualTo("alice");
        MvcTestResult lastPage = get("/accounts?after=alice");

        assertThat(lastPage).hasStatusOk();
        assertThat(lastPage)
                .bodyJson()
                .extractingPath("$.accounts[0].customerId")
                .isEqualTo("bob");
        assertThat(lastPage).bodyJson().doesNotHavePath("$.next");
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
        assertInvalidRequest(get(path), parameter);
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

    private MvcTestResult get(String path) {
        return http.get().uri(URI.create(path)).exchange();
    }
}
