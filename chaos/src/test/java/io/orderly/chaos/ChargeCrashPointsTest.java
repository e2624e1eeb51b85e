package io.orderly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

class ChargeCrashPointsTest {

    private final List<String> passed = new ArrayList<>();
    private final ChargeCrashPoints crashes = new ChargeCrashPoints(name -> () -> passed.add(name));

    @ParameterizedTest
    @CsvSource({"PUT, /charges/pay-1", "POST, /charges/pay-1/reversal"})
    void crashPointsArePassedBeforeTheRequestAndAfterTheAnswer(HttpMethod method, String path) throws IOException {
        send(method, path);

        assertThat(passed).containsExactly("after-intent-before-charge", "sent", "after-charge-before-acknowledgement");
    }

    @ParameterizedTest
    @CsvSource({"GET, /charges/pay-1", "PUT, /authorizations/pay-1", "GET, /book"})
    void requestsThatDoNotChangePaymentsPassNoCrashPoint(HttpMethod method, String path) throws IOException {
        send(method, path);

        assertThat(passed).containsExactly("sent");
    }

    @Test
    void theSecondCrashPointIsNotPassedWithoutAnAnswer() {
        var request = new MockClientHttpRequest(HttpMethod.PUT, URI.create("http://provider/charges/pay-1"));

        assertThatThrownBy(() -> crashes.intercept(request, new byte[0], (_, _) -> {
                    throw new IOException("lost");
                }))
                .hasMessage("lost");

        assertThat(passed).containsExactly("after-intent-before-charge");
    }

    private void send(HttpMethod method, String path) throws IOException {
        var request = new MockClientHttpRequest(method, URI.create("http://provider" + path));
        crashes.intercept(request, new byte[0], (_, _) -> {
            passed.add("sent");
            return new MockClientHttpResponse(new byte[0], HttpStatus.OK);
        });
    }
}
