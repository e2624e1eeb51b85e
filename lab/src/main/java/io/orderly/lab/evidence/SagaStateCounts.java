package io.orderly.lab.evidence;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The number of incomplete sagas by state. */
public record SagaStateCounts(Map<String, Long> counts) {

    private static final String PARKED = "PARKED";
    private static final String QUERY = """
            select case when parked_reason is not null then 'PARKED' else awaiting end as state, count(*) as sagas
              from sagas
             where phase in ('FORWARD', 'COMPENSATING') or parked_reason is not null
             group by 1""";

    static SagaStateCounts read(JdbcClient jdbc) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql(QUERY).query(row -> {
            String state = row.getString("state");
            counts.put(state == null ? PARKED : state, row.getLong("sagas"));
        });
        return new SagaStateCounts(counts);
    }
}
