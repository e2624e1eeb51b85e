package io.orderly.console.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.coordination.CoordinatorView.Lease;
import io.orderly.console.coordination.CoordinatorView.Member;
import io.orderly.console.coordination.CoordinatorView.Queue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorAnswersTest {

    @Test
    void readsMembersAndAlarms() {
        byte[] cluster = bytes("""
                {"members":[{"id":1,"name":"a","peerUrls":[],"learner":true}],"alarms":[{"member":1,"alarm":"NOSPACE"}]}""");
        assertThat(CoordinatorAnswers.members(cluster)).containsExactly(new Member(1, "a", true));
        assertThat(CoordinatorAnswers.alarms(cluster)).containsExactly("member 1: NOSPACE");
    }

    @Test
    void readsLeasesWhoseIdsAreHexadecimal() {
        byte[] page = bytes("{\"leases\":[\"1a\",\"../cluster\",\"12345678901234567\"],\"next\":\"1a\"}");
        assertThat(CoordinatorAnswers.leases(page)).containsExactly("1a");
        assertThat(CoordinatorAnswers.hasMore(page)).isTrue();
        assertThat(CoordinatorAnswers.hasMore(bytes("{\"leases\":[],\"next\":null}")))
                .isFalse();
    }

    @Test
    void aKeyThatEndsWithTheLeaseIsInAQueue() {
        byte[] state = bytes("""
                {"ttlSeconds":30,"remainingSeconds":12,"keys":["jobs/nightly/1a","/members/a","/1a","x1a"]}""");
        assertThat(CoordinatorAnswers.lease("1a", state))
                .isEqualTo(new Lease("1a", 30, 12, List.of("jobs/nightly/1a", "/members/a", "/1a", "x1a"), 0));
        assertThat(CoordinatorAnswers.queues("1a", state)).containsExactly("jobs/nightly");
    }

    @Test
    void manyKeysAreCounted() {
        String keys = IntStream.range(0, 20).mapToObj(i -> "\"k" + i + "\"").collect(Collectors.joining(","));
        Lease lease = CoordinatorAnswers.lease("1a", bytes("{\"keys\":[%s]}".formatted(keys)));
        assertThat(lease.keys()).hasSize(CoordinatorAnswers.MAX_KEYS);
        assertThat(lease.moreKeys()).isEqualTo(20 - CoordinatorAnswers.MAX_KEYS);
    }

    @Test
    void readsQueues() {
        assertThat(CoordinatorAnswers.queue("jobs", bytes("""
                        {"name":"jobs","leader":{"lease":"1a","token":7,"value":{"host":"a"}},"waiting":2}""")))
                .isEqualTo(new Queue("jobs", "1a", 7, "{\"host\":\"a\"}", 2));
        assertThat(CoordinatorAnswers.queue("jobs", bytes("{\"name\":\"jobs\",\"leader\":null,\"waiting\":0}")))
                .isEqualTo(new Queue("jobs", null, 0, "", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "7", "<html>", "{}", "{\"members\":7,\"leases\":{},\"keys\":\"a\",\"leader\":7}"})
    void otherContentIsNoFailure(String body) {
        assertThat(CoordinatorAnswers.members(bytes(body))).isEmpty();
        assertThat(CoordinatorAnswers.alarms(bytes(body))).isEmpty();
        assertThat(CoordinatorAnswers.leases(bytes(body))).isEmpty();
        assertThat(CoordinatorAnswers.queues("1a", bytes(body))).isEmpty();
        assertThat(CoordinatorAnswers.queue("n", bytes(body)).lease()).isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
