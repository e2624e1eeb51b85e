package io.orderly.lab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderly.lab.failure.MonitoringQueries.Sample;
import io.orderly.lab.failure.MonitoringQueries.Selection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringQueriesTest {

    private static final List<Sample> SAMPLES = Sample.in("""
                    # HELP orderly_saga_parked sagas that wait
                    # TYPE orderly_saga_parked gauge
                    orderly_saga_parked 0.0
                    http_server_requests_seconds_count{error="none",method="POST",uri="/orders"} 3
                    http_server_requests_seconds_count{error="none",method="GET",uri="/orders/{id}"} 1.0E7
                    """).toList();

    @Test
    void readsTheQueriesOfDashboardsAndAlerts() throws IOException {
        assertThat(MonitoringQueries.read().all())
                .extracting(Selection::metric)
                .contains("orderly_saga_parked", "orderly_outbox_age_seconds", "orderly_coordinator_leader");
    }

    @Test
    void aQuerySelectsMetricsWithTheLabelsOfMatchersAndGroupings() {
        String query =
                "sum by (status, job) (rate(http_server_requests_seconds_count{uri=\"/orders\"}[5m])) or vector(0)";
        assertThat(MonitoringQueries.selections(query))
                .containsExactly(new Selection(
                        query, "http_server_requests_seconds_count", Map.of("uri", "/orders", "status", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(orderly)", "avg(orderly_saga_parked)", "up", "vector(1)"})
    void aQueryThatIsNotUnderstoodIsRefused(String query) {
        assertThatIllegalStateException()
                .isThrownBy(() -> MonitoringQueries.selections(query).toList())
                .withMessageContaining(query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            orderly_saga_parked;                                                         true
            orderly_saga_park;                                                           false
            sum by (outcome) (orderly_saga_parked);                                      false
            http_server_requests_seconds_count{uri="/orders", method="POST"};            true
            http_server_requests_seconds_count{uri="/orders", method="GET"};             false
            sum by (uri, method) (http_server_requests_seconds_count{error="none"});     true
            sum by (status) (http_server_requests_seconds_count);                        false""")
    void aSelectionNeedsASeriesWithItsLabels(String query, boolean isThere) {
        assertThat(MonitoringQueries.selections(query))
                .allMatch(selection -> SAMPLES.stream().anyMatch(selection::selects) == isThere);
    }
}
