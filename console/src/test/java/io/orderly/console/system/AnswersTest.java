package io.orderly.console.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.system.SystemView.CoordinatorState;
import io.orderly.console.system.SystemView.Gauges;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void readsTheHealthOfAServiceAndWhatIsNotUp() {
        assertThat(Answers.health("a", "u", "{\"status\":\"UP\"}").health()).isEqualTo("UP");
        assertThat(Answers.health("a", "u", """
                {"status":"DOWN","components":{"db":{"status":"DOWN"},"ping":{"status":"UP"}}}""").detail()).isEqualTo("db DOWN");
        for (String other : List.of("", "null", "[]", "<html>", "{\"status\":{}}", "{\"components\":7}")) {
            assertThat(Answers.health("a", "u", other).health()).as(other).isEqualTo("UNKNOWN");
        }
    }

    @Test
    void readsTheGaugesOfAService() {
        assertThat(Answers.gauges("""
                # TYPE orderly_outbox_depth gauge
                orderly_outbox_depth 17.0
                orderly_deadletters{a="b"} 1.2E4
                resilience4j_circuitbreaker_state{group="none",name="provider",state="closed"} 0.0
                resilience4j_circuitbreaker_state{group="none",name="provider",state="half_open"} 1.0
                """)).isEqualTo(new Gauges(17L, 12_000L, "half_open"));
        for (String other : List.of(
                "",
                "{}",
                "<html>",
                "orderly_outbox_depth",
                "orderly_outbox_depth NaN",
                "orderly_outbox_depth -1",
                "orderly_outbox_depth 1e300",
                "orderly_outbox_depth x",
                "other_outbox_depth 3",
                "resilience4j_circuitbreaker_state 1.0",
                "resilience4j_circuitbreaker_state{state=\"<img>\"} 1.0",
                "resilience4j_circuitbreaker_state{laststate=\"open\"} 1.0")) {
            assertThat(Answers.gauges(other)).as(other).isEqualTo(Gauges.UNKNOWN);
        }
    }

    @Test
    void readsTheMembers() {
        assertThat(Answers.members("""
                {"self":"order-service-1","members":[{"id":"order-service-1","service":"order-service","state":"ALIVE","load":3,"url":"http://x"}]}"""))
                .singleElement()
                .hasToString(
                        "MemberState[id=order-service-1, service=order-service, state=ALIVE, load=3, url=http://x]");
        for (String other : List.of("", "{}", "{\"members\":7}", "7")) {
            assertThat(Answers.members(other)).as(other).isEmpty();
        }
    }

    @Test
    void theLeaderIsTheOneOfTheHighestBallot() {
        CoordinatorState old = coordinator("a", 1, 1, "9.1");
        CoordinatorState follower = coordinator("b", 2, 3, "10.3");
        CoordinatorState leader = coordinator("c", 3, 3, "10.3");
        assertThat(Answers.leader(List.of(old, follower, leader))).isEqualTo("c");
        assertThat(Answers.leader(List.of(follower, Answers.coordinatorAway("c", "refused"))))
                .isNull();
    }

    @Test
    void aCoordinatorMaySayHowManyWatchesItServes() {
        assertThat(coordinator("a", 1, 1, "9.1").watches()).isNull();
        assertThat(Answers.coordinator("a", "{\"member\":1,\"watches\":17}").watches())
                .isEqualTo(17);
    }

    @Test
    void whatAnswersOtherwiseIsNoCoordinator() {
        for (String other : List.of("", "{}", "{\"member\":\"1\"}", "<html>")) {
            assertThat(Answers.coordinator("a", other).ballot()).as(other).isEmpty();
            assertThat(Answers.coordinator("a", other).detail()).as(other).isNotEmpty();
        }
    }

    private static CoordinatorState coordinator(String url, int member, int leader, String ballot) {
        return Answers.coordinator(
                url,
                "{\"member\":%d,\"leader\":%d,\"ballot\":\"%s\",\"commit\":5,\"lag\":0}"
                        .formatted(member, leader, ballot));
    }
}
