"""What holds a release to what is promised of it: types, wheel, environments, papers, and the steps themselves."""
