package io.orderly.inventory.catalogue;

import io.orderly.contracts.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reviews of all products. */
@Repository
public class Reviews {

    private final JdbcClient jdbc;

    Reviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param limit how many at most
     * @return the latest first
     */
    public List<Review> latest(Sku sku, int limit) {
        return jdbc.sql("""
                        select sku, author, rating, body, written_on from reviews
                        where sku = ?
                        order by written_on desc, id desc
                        limit ?""")
                .param(sku.value())
                .param(limit)
                .query(Reviews::review)
                .list();
    }

    /**
     * @param limit how many at most of each product
     * @return the latest first, by product; nothing for one without reviews
     */
    public Map<Sku, List<Review>> latest(Collection<Sku> skus, int limit) {
        return jdbc
                .sql("""
                        select latest.* from unnest(?::text[]) as wanted (sku),
                        lateral (select sku, author, rating, body, written_on from reviews
                                 where reviews.sku = wanted.sku
                                 order by written_on desc, id desc
                                 limit ?) as latest""")
                .param(skus.stream().map(Sku::value).toArray(String[]::new))
                .param(limit)
                .query(Reviews::review)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Review::sku));
    }

    void insert(List<Review> reviews) {
        jdbc.sql("""
                        insert into reviews (sku, author, rating, body, written_on)
                        select * from unnest(?::text[], ?::text[], ?::int[], ?::text[], ?::date[])""")
                .param(reviews.stream().map(review -> review.sku().value()).toArray(String[]::new))
                .param(reviews.stream().map(Review::author).toArray(String[]::new))
                .param(reviews.stream().map(Review::rating).toArray(Integer[]::new))
                .param(reviews.stream().map(Review::body).toArray(String[]::new))
                .param(reviews.stream()
                        .map(review -> review.writtenOn().toString())
                        .toArray(String[]::new))
                .update();
    }

    private static Review review(ResultSet row, int number) throws SQLException {
        return new Review(
                new Sku(row.getString("sku")),
                row.getString("author"),
                row.getInt("rating"),
                row.getString("body"),
                row.getObject("written_on", LocalDate.class));
    }
}
