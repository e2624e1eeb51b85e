package io.orderly.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certifies toy participants in virtual time: one that keeps the contract, and broken copies of it. */
class CertificationTest {

    private static final Timing TIMING = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(2));
    private static final long[] SEEDS = LongStream.rangeClosed(1, 20).toArray();

    static Stream<Subject> subjects() {
        return Stream.of(ToyBusiness.INVENTORY, ToyBusiness.PAYMENT, ToyBusiness.SHIPPING);
    }

    static List<BrokenCopy> brokenCopies() {
        return BrokenCopy.ALL;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aParticipantThatKeepsTheContractPassesEachRule(Subject subject) {
        for (long seed : SEEDS) {
            assertThat(certify(subject, new MemoryWire(subject, new ToyParticipant(subject), true), seed))
                    .as("seed %d", seed)
                    .hasSameSizeAs(Rules.of(subject))
                    .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(new Passed()));
        }
    }

    @ParameterizedTest
    @MethodSource("brokenCopies")
    void aBrokenCopyFailsOnItsRuleAlone(BrokenCopy copy) {
        for (long seed : SEEDS) {
            List<RuleResult> results = certify(
                    copy.subject(),
                    new MemoryWire(copy.subject(), copy.participant().get(), true),
                    seed);
            assertThat(results.stream()
                            .filter(result -> result.verdict() instanceof Failed)
                            .map(result -> result.rule().id()))
                    .as(
                            "seed %d, %s",
                            seed, results.stream().map(RuleResult::verdict).toList())
                    .containsExactly(copy.rule());
        }
    }

    @Test
    void eachRuleHasABrokenCopy() {
        Set<String> rules = subjects()
                .flatMap(subject -> Rules.of(subject).stream())
                .map(Rule::id)
                .collect(Collectors.toSet());
        assertThat(brokenCopies().stream().map(BrokenCopy::rule).collect(Collectors.toSet()))
                .isEqualTo(rules);
    }

    @Test
    void aFailureShowsItsMessages() {
        BrokenCopy copy = brokenCopies().stream()
                .filter(each -> each.rule().equals("once"))
                .findAny()
                .orElseThrow();
        RuleResult once =
                certify(
                                copy.subject(),
                                new MemoryWire(
                                        copy.subject(), copy.participant().get(), true),
                                1)
                        .stream()
                        .filter(result -> result.rule().id().equals("once"))
                        .findAny()
                        .orElseThrow();
        assertThat(once.verdict().explanation())
                .startsWith("the reply to RESERVE_INVENTORY must be the same as the first one, and was StepDeclined[")
                .contains("OUT_OF_STOCK");
        assertThat(once.exchange())
                .extracting(RuleResult.Line::what)
                .startsWith("ReserveInventory", "ReserveInventory, a copy", "StockReserved", "StepDeclined");
        assertThat(once.exchange())
                .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
                .first()
                .satisfies(line -> assertThat(line.text()).contains("\"quantity\":6"));
    }

    @Test
    void aParticipantThatRespondsToNothingBreaksOneRuleAndIsNotWaitedForInEachOther() {
        var silent = new ToyParticipant(ToyBusiness.INVENTORY) {
            @Override
            public List<Incoming> handle(List<Incoming> batch) {
                return List.of();
            }
        };
        var wire = new MemoryWire(ToyBusiness.INVENTORY, silent, true);
        List<RuleResult> results = certify(ToyBusiness.INVENTORY, wire, 1);
        assertThat(results)
                .filteredOn(result -> result.verdict() instanceof Failed)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.rule().id()).isEqualTo("replies");
                    assertThat(result.verdict().explanation()).contains("no reply to RESERVE_INVENTORY of order");
                });
        assertThat(results.stream()
                        .filter(result -> result.rule().pace() == Rule.Pace.ALONE)
                        .map(RuleResult::verdict))
                .containsOnly(new NotDecided("the participant responds to no command"));
        assertThat(wire.now()).isLessThan(TIMING.patience().multipliedBy(3));
    }

    @Test
    void withoutARestartItsRuleIsNotDecided() {
        var wire = new MemoryWire(ToyBusiness.SHIPPING, new ToyParticipant(ToyBusiness.SHIPPING), false);
        assertThat(certify(ToyBusiness.SHIPPING, wire, 1))
                .filteredOn(result -> !(result.verdict() instanceof Passed))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.rule().id()).isEqualTo("restart");
                    assertThat(result.verdict())
                            .isEqualTo(new NotDecided("there is no command that restarts the participant"));
                    assertThat(result.exchange()).isEmpty();
                });
    }

    @Test
    void theSeedDeterminesWhatIsSentInWhichOrder() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed : SEEDS) {
            List<String> sent = sent(seed);
            assertThat(sent(seed)).as("seed %d", seed).isEqualTo(sent);
            orders.add(sent);
        }
        assertThat(orders).hasSizeGreaterThan(SEEDS.length / 2);
    }

    private static List<String> sent(long seed) {
        var wire = new MemoryWire(ToyBusiness.INVENTORY, new ToyParticipant(ToyBusiness.INVENTORY), true);
        certify(ToyBusiness.INVENTORY, wire, seed);
        return wire.sent().stream().map(Outgoing::what).toList();
    }

    @Test
    void eachVerdictIsToldAsSoonAsThereIsOne() {
        List<RuleResult> told = new ArrayList<>();
        var wire = new MemoryWire(ToyBusiness.PAYMENT, new ToyParticipant(ToyBusiness.PAYMENT), true);
        List<RuleResult> results =
                new Certification(ToyBusiness.PAYMENT, 1, TIMING, wire, InstantSource.system(), told::add).run();
        assertThat(told).containsExactlyInAnyOrderElementsOf(results);
    }

    private static List<RuleResult> certify(Subject subject, Wire wire, long seed) {
        return new Certification(subject, seed, TIMING, wire, InstantSource.system(), _ -> {}).run();
    }
}
