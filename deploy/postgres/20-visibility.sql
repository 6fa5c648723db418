-- What Temporal's lists of workflows are indexed with; it comes with PostgreSQL and has to be let in once.
\connect temporal_visibility
CREATE EXTENSION btree_gin;
