package io.orderly.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixCellTest {

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
