package io.orderly.gateway.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChoiceTest {

    private final RandomGenerator random = new Random(1);

    @Example
    void thereIsNoChoiceWithoutInstances() {
        assertThat(Choice.among(List.of(), Set.of(), random)).isEmpty();
        assertThat(Choice.among(List.of(alive("a", 0)), Set.of("a"), random)).isEmpty();
    }

    @Example
    void aSuspectedInstanceIsChosenOnlyIfThereIsNoOther() {
        List<Instance> both = List.of(suspect("a", 0), alive("b", 99));
        assertThat(chosen(both, Set.of(), 100)).containsOnlyKeys("b");
        assertThat(chosen(both, Set.of("b"), 100)).containsOnlyKeys("a");
    }

    @Example
    void ofTwoInstancesTheLessLoadedIsChosen() {
        assertThat(chosen(List.of(alive("a", 5), alive("b", 4)), Set.of(), 100)).containsOnlyKeys("b");
    }

    @Example
    void theMostLoadedOfThreeIsNeverChosenAndTheOthersShareTheRest() {
        Map<String, Long> chosen = chosen(List.of(alive("a", 1), alive("b", 2), alive("c", 3)), Set.of(), 3000);
        assertThat(chosen).containsOnlyKeys("a", "b");
        // a is one of the two in two of three pairs
        assertThat(chosen.get("a")).isBetween(1900L, 2100L);
    }

    @Example
    void instancesWithTheSameLoadShareTheRequests() {
        Map<String, Long> chosen = chosen(List.of(alive("a", 7), alive("b", 7), alive("c", 7)), Set.of(), 3000);
        assertThat(chosen).hasSize(3).allSatisfy((_, count) -> assertThat(count).isBetween(900L, 1100L));
    }

    @Property(tries = 200)
    void whatIsChosenIsNotLeftOutAndSuspectedOnlyIfAllAre(
            @ForAll @Size(max = 6) List<@IntRange(max = 3) Integer> loads,
            @ForAll Set<@IntRange(max = 5) Integer> suspected,
            @ForAll Set<@IntRange(max = 5) Integer> leftOut) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            instances.add(new Instance("i" + i, "http://localhost", suspected.contains(i), loads.get(i)));
        }
        Set<String> left = leftOut.stream().map(i -> "i" + i).collect(Collectors.toSet());
        List<Instance> possible =
                instances.stream().filter(one -> !left.contains(one.id())).toList();
        Optional<Instance> chosen = Choice.among(instances, left, random);
        assertThat(chosen.isPresent()).isEqualTo(!possible.isEmpty());
        chosen.ifPresent(one -> {
            assertThat(possible).contains(one);
            assertThat(one.suspect()).isEqualTo(possible.stream().allMatch(Instance::suspect));
        });
    }

    private Map<String, Long> chosen(List<Instance> instances, Set<String> leftOut, int times) {
        return Stream.generate(() -> Choice.among(instances, leftOut, random).orElseThrow())
                .limit(times)
                .map(Instance::id)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Instance alive(String id, int load) {
        return new Instance(id, "http://localhost", false, load);
    }

    private static Instance suspect(String id, int load) {
        return new Instance(id, "http://localhost", true, load);
    }
}
