package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixCellTest {

    @Test
    void roundsCoverAllCellsWithEachServiceAtMostOncePerRound() {
        List<MatrixCell> left = new ArrayList<>(MatrixCell.all());
        List<MatrixCell> taken = new ArrayList<>();
        while (!left.isEmpty()) {
            List<MatrixCell> round = MatrixCell.takeRound(left, 2);
            assertThat(round).hasSizeBetween(1, 2);
            assertThat(round).extracting(MatrixCell::service).doesNotHaveDuplicates();
            taken.addAll(round);
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(MatrixCell.all());
    }

    @Test
    void theFirstCellsContainEachServiceAndEachPoint() {
        List<MatrixCell> first = MatrixCell.all().subList(0, MatrixCell.COVER);
        assertThat(first).extracting(MatrixCell::service).containsAll(services(MatrixCell.all()));
        assertThat(first)
                .extracting(MatrixCell::point)
                .containsAll(MatrixCell.all().stream().map(MatrixCell::point).toList());
    }

    private static List<String> services(List<MatrixCell> cells) {
        return cells.stream().map(MatrixCell::service).distinct().toList();
    }
}
