package io.orderly.gateway.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;

class FailureTest {

    @ParameterizedTest
    @MethodSource
    void withoutAConnectionNothingWasSent(IOException failure) {
        assertThat(Failure.of(failure)).isEqualTo(Failure.NOT_SENT);
    }

    static Stream<IOException> withoutAConnectionNothingWasSent() {
        return Stream.of(
                new ConnectException(),
                new NoRouteToHostException(),
                new UnknownHostException(),
                new ConnectTimeoutException(""),
                new ConnectionRequestTimeoutException());
    }

    @ParameterizedTest
    @MethodSource
    void afterThatTheRequestMayHaveBeenProcessed(IOException failure) {
        assertThat(Failure.of(failure)).isEqualTo(Failure.BROKEN);
    }

    static Stream<IOException> afterThatTheRequestMayHaveBeenProcessed() {
        return Stream.of(
                new SocketException(),
                new NoHttpResponseException(""),
                new EOFException(),
                new ClientProtocolException(""),
                new IOException());
    }

    @Test
    void anInstanceThatIsSilentIsTimedOut() {
        assertThat(Failure.of(new SocketTimeoutException())).isEqualTo(Failure.TIMED_OUT);
    }

    @Test
    void onlyWhatCannotBeExecutedTwiceIsRepeated() {
        for (HttpMethod method : HttpMethod.values()) {
            assertThat(Failure.NOT_SENT.mayRepeat(method)).isTrue();
            assertThat(Failure.BROKEN.mayRepeat(method))
                    .isEqualTo(List.of(HttpMethod.GET, HttpMethod.HEAD).contains(method));
            assertThat(Failure.TIMED_OUT.mayRepeat(method)).isFalse();
        }
    }
}
