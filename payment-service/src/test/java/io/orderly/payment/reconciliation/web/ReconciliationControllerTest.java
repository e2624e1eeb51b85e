package io.orderly.payment.reconciliation.web;

import static io.orderly.kit.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.kit.testing.ControllerSlice;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.reconciliation.Reconciliation;
import io.orderly.payment.reconciliation.ReconciliationReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(ReconciliationController.class)
@Import(ControllerSlice.class)
class ReconciliationControllerTest {

    @Autowired
    MockMvcTester http;

    @MockitoBean
    Reconciliation reconciliation;

    @Test
    void theReportIsShown() {
        when(reconciliation.run())
                .thenReturn(new ReconciliationReport(
                        3,
                        1,
                        List.of(new ReconciliationReport.Difference("pay-1", Money.euros("4.00"), null)),
                        List.of(new ReconciliationReport.Imbalance(
                                new CustomerId("alice"), Money.euros("1.00"), Money.euros("2.00"))),
                        true));

        MvcTestResult result = http.get().uri("/reconciliation").exchange();

        assertThat(result).hasStatusOk();
        assertThat(result).bodyJson().isStrictlyEqualTo("""
                {"compared":3,"open":1,"complete":true,
                 "differences":[{"key":"pay-1","provider":{"amount":"4.00","currency":"EUR"},"ledger":null}],
                 "imbalances":[{"customerId":"alice","balance":{"amount":"1.00","currency":"EUR"},
                                "sumOfEntries":{"amount":"2.00","currency":"EUR"}}]}""");
    }

    @Test
    void anUnavailableProviderIsAProblemWithStatus503() {
        when(reconciliation.run()).thenThrow(new ProviderUnavailableException("outage", new IOException()));

        MvcTestResult result = http.get().uri("/reconciliation").exchange();

        assertProblem(result, 503, "unavailable");
        assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo("The provider's book cannot be read now.");
    }
}
