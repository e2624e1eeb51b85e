package io.orderly.payment.reconciliation.web;

import static org.mockito.Mockito.when;

import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.payment.WebSlice;
import io.orderly.payment.charging.ProviderUnavailableException;
import io.orderly.payment.reconciliation.Reconciliation;
import io.orderly.payment.reconciliation.ReconciliationReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = {WebSlice.class, ReconciliationController.class})
class ReconciliationControllerTest {

    @MockitoBean
    Reconciliation reconciliation;

    private RestTestClient http;

    @BeforeEach
    void connect(@Autowired WebApplicationContext context) {
        http = RestTestClient.bindToApplicationContext(context).build();
    }

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

        http.get()
                .uri("/reconciliation")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                {"compared":3,"open":1,"complete":true,
                 "differences":[{"key":"pay-1","provider":{"amount":"4.00","currency":"EUR"}}],
                 "imbalances":[{"customerId":"alice","balance":{"amount":"1.00","currency":"EUR"},
                                "sumOfEntries":{"amount":"2.00","currency":"EUR"}}]}""");
    }

    @Test
    void anUnavailableProviderIsAProblemWithStatus503() {
        when(reconciliation.run()).thenThrow(new ProviderUnavailableException("outage", new IOException()));

        http.get()
                .uri("/reconciliation")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/unavailable")
                .jsonPath("$.detail")
                .isEqualTo("The provider's book cannot be read now.");
    }
}
