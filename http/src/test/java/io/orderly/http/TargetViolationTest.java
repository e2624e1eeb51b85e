package io.orderly.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetViolationTest {

    @ParameterizedTest
    @CsvSource({"plain, plain", "a%2Fb, a/b", "1+1, 1+1", "%2B, +", "%c3%a4, ä", "%F0%9F%9B%92, 🛒", "'', ''"})
    void decodesValidText(String encoded, String text) {
        assertThat(PercentEncoding.decode(encoded)).hasValue(text);
        assertThat(TargetViolation.of("key", encoded)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "a%", "%2", "%zz", "%+1", "%-1", "% 1", "%ff", "%c3", "%C0%AF", "%ED%A0%80", "%F4%90%80%80"
            })
    void rejectsTextThatIsNotPercentEncodedUtf8(String encoded) {
        assertThat(PercentEncoding.decode(encoded)).isEmpty();
        assertThat(TargetViolation.of("key", encoded))
                .hasValue(new TargetViolation("key", "must be percent-encoded UTF-8"));
    }

    @Test
    void rejectsNulCharacters() {
        assertThat(TargetViolation.of("key", "a%00b"))
                .hasValue(new TargetViolation("key", "must not contain NUL characters"));
    }

    @ParameterizedTest
    @CsvSource({"a=%, a", "a=1&b=%ff&c=%, b", "%c3=1, %c3", "=%, ''", "%00=1, %00"})
    void namesTheFirstMalformedParameterAsReceived(String query, String name) {
        assertThat(TargetViolation.ofQuery(query)).map(TargetViolation::part).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&&", "a", "a=b=c", "a=%26&b=1+1"})
    void acceptsWellFormedQueries(String query) {
        assertThat(TargetViolation.ofQuery(query)).isEmpty();
    }

    @Test
    void truncatesALongName() {
        assertThat(TargetViolation.ofQuery("x".repeat(1_000) + "=%"))
                .map(TargetViolation::part)
                .hasValue("x".repeat(40) + "…");
    }
}
