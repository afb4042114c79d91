-- When a team was last exercised, with what and by whom it was written down: nobody is ready who has not tried. Only ever added to.
create table team_exercises (
  id uuid primary key,
  team_id uuid not null references teams,
  held_on date not null,
  what text not null,
  noted_by uuid not null references people,
  noted_at bigint not null
);
create index team_exercises_of on team_exercises (team_id, held_on desc);
-- The few incidents on which a team was activated: when it was so last is asked for each team.
create index incidents_with_teams on incidents (reported_at desc) where incident ? 'activations';
