package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {

    @Test
    void roundsCoverAllAndCrashNoServiceTwiceAtATime() {
        List<Cell> left = new ArrayList<>(Cell.all());
        List<Cell> taken = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Cell> round = Cell.takeRound(left, 2);
            assertThat(round).hasSizeBetween(1, 2);
            assertThat(round).extracting(Cell::service).doesNotHaveDuplicates();
            taken.addAll(round);
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(Cell.all());
    }

    @Test
    void theFirstCellsHaveEachServiceAndEachPoint() {
        List<Cell> first = Cell.all().subList(0, Cell.COVER);
        assertThat(first).extracting(Cell::service).containsAll(services(Cell.all()));
        assertThat(first)
                .extracting(Cell::point)
                .containsAll(Cell.all().stream().map(Cell::point).toList());
    }

    private static List<String> services(List<Cell> cells) {
        return cells.stream().map(Cell::service).distinct().toList();
    }
}
